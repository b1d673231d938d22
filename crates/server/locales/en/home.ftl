# Home
home-morning = Good morning
home-noon = Good afternoon
home-afternoon = Good afternoon
home-evening = Good evening
home-sentence = { $greeting }, { $name }. { $count ->
    [one] { $count } task waits for you.
   *[other] { $count } tasks wait for you.
}
home-sentence-late = { $greeting }, { $name }. { $count ->
    [one] { $count } task waits for you
   *[other] { $count } tasks wait for you
}, { $late } of them for too long.
home-sentence-none = { $greeting }, { $name }. Nothing waits for you.
home-take-next = Take the next
home-waiting = Waiting for you
home-order = longest waiting on top
home-nothing = Everything is done
home-nothing-hint = New work appears here as soon as there is any.
home-news = Just happened
home-no-news = Nothing has happened yet.
home-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
home-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
home-today = due today
home-waits = { $days ->
    [one] for { $days } day
   *[other] for { $days } days
}
home-since-today = since today

task-list-ready = List { $name } is ready to be committed
task-list-ready-detail = { $count } { $count ->
    [one] row
   *[other] rows
} read; check the faults before committing
task-list-ready-action = Check
task-sign = Decide { $name }
task-sign-detail = { $count } { $count ->
    [one] family
   *[other] families
} · { $amount }
task-sign-action = Check and decide
task-pairs = { $count } { $count ->
    [one] pair of records may be one person
   *[other] pairs of records may be one person
  }
task-pairs-detail = Decide at the review desk: one person or two
task-pairs-action = Look
task-conflict = { $count } { $count ->
    [one] family has
   *[other] families have
} two visit results
task-conflict-detail = { $name }
task-conflict-action = Compare
task-round = { $count } { $count ->
    [one] family
   *[other] families
} without a result
task-round-detail = { $name }
task-round-action = Open
task-visit = { $count } { $count ->
    [one] family waits
   *[other] families wait
} for your visit
task-visit-detail = { $name }
task-visit-action = Start
task-returned = Correct the draft { $name }
task-returned-detail = Returned by the head of office · { $count } { $count ->
    [one] family
   *[other] families
}
task-returned-action = Correct
task-answer = { $count } { $count ->
    [one] family has
   *[other] families have
} no answer yet
task-answer-detail = { $name }: verified, not selected
task-answer-action = Answer
task-enrol = { $count } { $count ->
    [one] family
   *[other] families
} of the decree are not enrolled
task-enrol-detail = { $name }
task-enrol-action = Enrol
task-event = { $name }: { $count } { $count ->
    [one] family
   *[other] families
} not served yet
task-event-detail = { $amount } to be handed over
task-event-action = Open
task-unserved = { $name }: { $count } absent or failed
task-unserved-detail = { $amount } to be rescheduled or returned
task-unserved-action = Decide
task-referral = { $count } { $count ->
    [one] family is
   *[other] families are
} referred to you
task-referral-detail = { $name }
task-referral-action = Answer

# An auditor's home page
home-audit = { $greeting }, { $name }. { $count } { $count ->
    [one] thing
   *[other] things
} can be examined.
home-audit-none = { $greeting }, { $name }. No decision and no change in the last 30 days.
home-to-check = To be examined
home-audit-days = the last 30 days
home-audit-nothing = Nothing new
home-audit-nothing-hint = The whole journal stays open under Journal.
home-check-do = Examine
home-check-newest = newest { $date }
home-check-decree = { $count } { $count ->
    [one] entry
   *[other] entries
} about decrees
home-check-decree-detail = signed and printed; the ranking can be recomputed on the page of the decree
home-check-determination = { $count } { $count ->
    [one] step
   *[other] steps
} of determinations
home-check-determination-detail = drafted, proposed, returned, order changed with a reason
home-check-number = NIK and KK shown { $count } { $count ->
    [one] time
   *[other] times
}
home-check-number-detail = who, when, of which family
home-check-list = { $count } { $count ->
    [one] entry
   *[other] entries
} about lists
home-check-list-detail = uploaded, committed, taken back, downloaded
home-check-event = { $count } { $count ->
    [one] entry
   *[other] entries
} about handovers
home-check-event-detail = opened, counted, closed, given back
home-check-user = { $count } { $count ->
    [one] change
   *[other] changes
} of users and roles
home-check-user-detail = who gave rights to whom
