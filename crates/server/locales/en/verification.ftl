# Verification: rounds, visits, two results, workbooks, village deliberation
verification-rounds = Verification rounds
verification-rounds-sentence =
    { $rounds ->
        [one] One round is running: { $done } of { $families } families done
       *[other] { $rounds } rounds are running: { $done } of { $families } families done
    }
verification-none = There is no verification round yet
verification-none-hint = A round takes families from a list; then its villages are given to visitors.
verification-none-open = No round is running
verification-round = Round
verification-list = List
verification-state = State
verification-families = Families
verification-done = Done
verification-ends = Until
verification-starts = From
verification-state-open = running
verification-state-planned = planned
verification-state-closed = closed
verification-late =
    { $days ->
        [one] { $days } day late
       *[other] { $days } days late
    }
verification-due-today = due today
verification-days-left =
    { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }

# a visitor's page
verification-today = { $open } { $open ->
    [one] family waits
   *[other] families wait
} for you in { $villages } { $villages ->
    [one] village
   *[other] villages
}
verification-today-late = { $open } { $open ->
    [one] family waits
   *[other] families wait
} for you; { $late } { $late ->
    [one] village is
   *[other] villages are
} late
verification-today-done = All your villages are done
verification-today-none = No village has been given to you yet
verification-draft-of = The visit of { $name } is not sent yet
verification-continue = Continue
verification-task-line = { $subdistrict } · { $open } of { $families } not done
verification-task-conflicts = { $count } with two results
verification-open-list = Open the list
verification-print-list = Visit list
verification-my-progress = Your progress
verification-visits-done = Families done
verification-finished = Villages done
verification-other-villages = Rounds running in your area
verification-tasks = Tasks
verification-more = More

# a new round
verification-new = New round
verification-new-sentence = { $families ->
    [0] No family comes into this round yet
   *[other] { $families } families in { $villages } villages will be verified
}
verification-new-no-list = A round needs a list that has been accepted
verification-new-no-list-hint = Upload and accept a DTSEN or P3KE list first.
verification-name = Name of the round
verification-name-hint = For example Verification 2026 stage 1
verification-list-choice = { $list }, { $date }, { $families } { $families ->
    [one] family
   *[other] families
}
verification-desil = Highest national decile
verification-desil-any = All deciles
verification-desil-most = Decile { $desil }
verification-percentile = Highest percentile
verification-percentile-hint = Leave empty when the list has no percentiles
verification-skip = Leave out families of another round that is not closed
verification-areas = Only some sub-districts
verification-areas-hint = No tick means all of your area
verification-create = Make the round
verification-count = Count again
verification-takes-in = { $families } { $families ->
    [one] family is
   *[other] families are
} taken in
verification-in-others = { $count } of them are also in another round that is not closed
verification-by-subdistrict = By sub-district
verification-created = The round is made. Give its villages to visitors, then open it.

# one round
verification-round-planned = { $families } { $families ->
    [one] family
   *[other] families
} in { $villages } { $villages ->
    [one] village is
   *[other] villages are
} ready; the round is not open yet
verification-round-open = { $done } of { $families } { $families ->
    [one] family is
   *[other] families are
} done
verification-round-late = { $done } of { $families } { $families ->
    [one] family is
   *[other] families are
} done; { $late } { $late ->
    [one] village is
   *[other] villages are
} late
verification-round-all = All { $families } { $families ->
    [one] family is
   *[other] families are
} done; the round can be closed
verification-round-closed = Closed with { $done } of { $families } { $families ->
    [one] family
   *[other] families
} done; { $eligible } eligible
verification-round-cancelled = This round was cancelled; its families are free again
verification-from-to = { $from } to { $to }
verification-filter-all = all families of that list
verification-filter-desil = decile { $desil } at most
verification-filter-percentile = percentile { $percentile } at most
verification-outcomes = Results
verification-outcomes-finding = { $eligible } of { $families } { $families ->
    [one] family is
   *[other] families are
} eligible
verification-part-layak = eligible { $count }
verification-part-perbaikan = eligible with corrections { $count }
verification-part-tidak = not eligible { $count }
verification-part-tunda = deferred { $count }
verification-part-dua = two results { $count }
verification-part-belum = not visited { $count }
verification-part-layak-name = Eligible
verification-part-perbaikan-name = Eligible with corrections
verification-part-tidak-name = Not eligible
verification-part-tunda-name = Deferred
verification-part-dua-name = Two results
verification-part-belum-name = Not visited
verification-least = { $name } is furthest behind: { $share }% done
verification-none-here = No family of this round is in your area
verification-map = Families not done
verification-map-most = Most left to do: { $name }, { $count } { $count ->
    [one] family
   *[other] families
}
verification-map-done = No village is behind
verification-map-words = { $name }: { $due } of { $families } not done
verification-villages = Villages and visitors
verification-late-villages = { $villages } { $villages ->
    [one] village is
   *[other] villages are
} late with { $families } { $families ->
    [one] family
   *[other] families
} not done
verification-facet-all = All
verification-facet-late = Late
verification-facet-nobody = Without a visitor
verification-facet-done = Done
verification-no-village = No village is in this state
verification-pick-all = Tick all villages
verification-eligible = Eligible
verification-waiting = Not visited
verification-deferred = Deferred
verification-visitor = Visitor
verification-until = Due
verification-musdes = Deliberation
verification-nobody = nobody
verification-for-ticked = For the villages ticked:
verification-nobody-option = Nobody
verification-person = { $name }, { $role }, { $families } { $families ->
    [one] family
   *[other] families
}
verification-assign = Assign
verification-assigned = { $villages } { $villages ->
    [one] village
   *[other] villages
} assigned
verification-taken-back = { $villages } { $villages ->
    [one] village
   *[other] villages
} now have no visitor
verification-none-ticked = First tick the villages to be assigned
verification-without = { $villages } { $villages ->
    [one] village has
   *[other] villages have
} no visitor yet.
verification-spread-do = Share evenly by visitors' areas
verification-spread =
    { $without ->
        [0] { $villages } villages shared out
       *[other] { $villages } villages shared out; { $without } lie outside every visitor's area
    }
verification-open = Open the round
verification-opened = The round is open. Visitors see their villages now.
verification-decide-count = Decide { $count } with two results
verification-workbook = Workbook
verification-minutes = Deliberation
verification-export = Download results:
verification-why = Reason
verification-close = Close the round
verification-close-ask = Close this round?
verification-close-means = { $due } { $due ->
    [one] family is
   *[other] families are
} not done and { $conflicts } still have two results. Once closed, no visit comes in; the results can be determined on. Drafts not sent are removed.
verification-close-do = Yes, close the round
verification-closed = The round is closed
verification-reopen = Reopen the round
verification-reopen-ask = Reopen this round?
verification-reopen-means = Visits can come in again. Not possible once a decree rests on this round.
verification-reopen-do = Reopen
verification-reopened = The round is open again
verification-cancel = Cancel the round
verification-cancel-ask = Cancel this round?
verification-cancel-means = Nothing has been visited. Its families are free for other rounds.
verification-cancel-do = Yes, cancel
verification-cancelled = The round is cancelled

# one village
verification-village-unknown = Village not known
verification-village-open = { $open } of { $families } { $families ->
    [one] family
   *[other] families
} in { $name } are not done
verification-village-done = { $families ->
    [1] The only family in { $name } is done
   *[other] All { $families } families in { $name } are done
}
verification-visited-by = Visitor: { $name }
verification-nobody-yet = No visitor yet
verification-until-day = until { $date }
verification-families-semua = All
verification-families-belum = Not done
verification-families-layak = Eligible
verification-families-tidak = Not eligible
verification-families-tunda = Deferred
verification-families-dua = Two results
verification-head = Head of family
verification-place = Address
verification-members = Members
verification-desil-short = Decile
verification-visit = Visit
verification-visit-do = Visit
verification-see = See
verification-compare = Compare
verification-state-waiting = not visited
verification-state-conflict = two results
verification-state-draft = not sent
verification-removed = removed by deliberation
verification-no-family = No family fits
verification-no-family-hint = Choose another state or clear the name.
verification-rows = { $from } to { $to }
verification-print-sentence = { $families ->
    [0] Every family in { $name }, { $subdistrict }, has been visited
   *[other] { $families } families to visit in { $name }, { $subdistrict }
}
verification-print = Print
verification-print-none = No family of this village is left to visit
verification-date = Date
verification-signature = Signature
verification-reason = Reason

# the visit
verification-back = Back
verification-back-to-village = Back to the village
verification-next = Next
verification-save = Save
verification-change = Change
verification-begin = Begin the visit
verification-visit-again = Visit again
verification-start = The family of { $name }, { $members } { $members ->
    [one] member
   *[other] members
}, not visited yet
verification-start-visited = The family of { $name } has been visited: { $outcome }
verification-start-conflict = The family of { $name } has two different results
verification-call = Call
verification-route = Route
verification-family-page = Family page
verification-round-takes-none = This round takes no visits.
verification-draft-kept = Your answers were kept { $time } and are not sent yet
verification-visits-before = Visits recorded before
verification-list-told = What { $list } says
verification-told-by = { $list } says:
verification-list-says = { $list }: { $value }
verification-saved = Saved { $time }
verification-step = Step { $step } of { $steps } · { $name }
verification-choose = Choose
verification-unchanged = Unchanged
verification-in-use = Now:
verification-all-present = All live with the family
verification-presence-of = Presence of { $name }
verification-correct = Correct the data
verification-new-member-add = Add a new member
verification-new-member-named = New member: { $name }
verification-new-member = new member
verification-add-another = Save, then add another
verification-age = { $age } { $age ->
    [one] year
   *[other] years
}
verification-relation-head = Head
verification-relation-spouse = Spouse
verification-relation-child = Child
verification-relation-other = Other
verification-sex-l = Male
verification-sex-p = Female
verification-field-presence = Presence
verification-field-name = Name
verification-field-nik = NIK
verification-field-birth-date = Date of birth
verification-field-sex = Sex
verification-field-relation = Relationship to the head
verification-field-kk = Family-card number
verification-field-address = Address
verification-field-rt = RT
verification-field-rw = RW
verification-field-phone = Telephone
verification-field-head = Head of the family now
verification-field-value = Value
verification-suggested = Suggested: { $why }
verification-no-needs = No unmet need
verification-none-given = not given
verification-nothing-wrong = Nothing wrong
verification-corrected = Corrected: { $fields }
verification-members-answer = { $present } { $present ->
    [one] person lives
   *[other] people live
} here, { $gone } do not, { $fresh } new, data of { $corrected } corrected
verification-photo-taken = taken
verification-photo-none = none
verification-position = { $place } (±{ $metres } m)
verification-position-here = Position of the house
verification-position-none = not recorded
verification-position-no-js = The position can only be taken when the browser runs JavaScript. Go on without it.
verification-outcome-layak = Eligible
verification-outcome-perbaikan = Eligible with corrections
verification-outcome-tidak-layak = Not eligible
verification-outcome-tunda = Deferred
verification-outcome-hint-layak = The family's data are right as listed
verification-outcome-hint-perbaikan = Eligible, and data of the family or a member were corrected
verification-outcome-hint-tidak-layak = The reason is asked next
verification-outcome-hint-tunda = Must be visited again
verification-check = Check your answers
verification-faults-left =
    { $count ->
        [one] { $count } answer must still be completed or corrected.
       *[other] { $count } answers must still be completed or corrected.
    }
verification-to-first-fault = To the first
verification-send = Send the visit
verification-send-off = First complete { $count } { $count ->
    [one] answer
   *[other] answers
}
verification-sent = The visit is recorded
verification-sent-again = This visit had been recorded; it is not recorded twice
verification-sent-beside = The visit is recorded. The result that stands is still that of another visit.
verification-sent-conflict = The visit is recorded, but its result differs from another person's visit. The office will decide.

verification-fault-missing = Choose or fill in the answer
verification-fault-field = Fill in { $field }
verification-fault-members = Choose the presence of every member
verification-fault-needs = Confirm the needs, then go on
verification-fault-list = “{ $value }” is not a choice here
verification-fault-number = “{ $value }” is not a number
verification-fault-range = Enter a number from { $least } to { $most }
verification-fault-not-asked = Not asked after the answer before; leave empty
verification-fault-long = Too long, at most { $most } { $most ->
    [one] letter
   *[other] letters
}
verification-fault-nobody = Nobody is said to live here, yet you met the family. Check the presence of the members.
verification-fault-head-gone = The head has died or left. Choose who heads the family now.
verification-fault-head-absent = The head must be somebody who lives with this family
verification-fault-nik = NIK { $why }
verification-fault-kk = Family-card number { $why }
verification-fault-birth = Enter a date of birth that exists and is not in the future
verification-fault-outcome = This result does not go with “{ $found }”
verification-fault-reason = This reason does not go with “{ $found }”
verification-fault-corrections = Data were corrected, so the result is Eligible with corrections
verification-fault-no-corrections = Nothing was corrected. Enter the correction, or choose Eligible.
verification-number-empty = is empty
verification-number-scientific = was damaged by a spreadsheet; type its 16 digits again
verification-number-characters = has letters or signs
verification-number-length = must have 16 digits
verification-number-dummy = is not a real number
verification-number-date = has a date of birth that does not exist

# a recorded visit
verification-recorded = Recorded visit
verification-recorded-sentence = The family of { $name }: { $outcome }
verification-recorded-replaced = The family of { $name }: { $outcome }, and this result no longer stands
verification-recorded-waiting = The family of { $name }: { $outcome }, waiting for a decision
verification-recorded-conflict = Somebody else found something different. No result stands until the office decides.
verification-see-other = See the visit that replaced it
verification-next-family = Next family
verification-needs = Needs
verification-needs-found =
    { $count ->
        [0] All basic needs are met
        [one] { $count } basic need is unmet
       *[other] { $count } basic needs are unmet
    }
verification-corrections = Corrections
verification-corrections-count =
    { $count ->
        [one] { $count } value was found to differ from the list
       *[other] { $count } values were found to differ from the list
    }
verification-about = About
verification-in-list = In the list
verification-found-value = Found
verification-source-stays = The value in the list is not changed; what was found is kept beside it.
verification-result = Result
verification-found = Found
verification-note = Note
verification-visited-at = Time of the visit
verification-respondent = Respondent
verification-came-by = Came by
verification-came-by-web = form
verification-came-by-workbook = workbook
verification-position-name = Position
verification-photos = Photos

# two results
verification-two = Two results
verification-two-count =
    { $count ->
        [0] No family has two results
        [one] { $count } family has two results and waits for a decision
       *[other] { $count } families have two results and wait for a decision
    }
verification-two-none = Nothing to decide
verification-two-when = When two visitors find different things, the family appears here.
verification-two-line = { $village } · { $versions } { $versions ->
    [one] result
   *[other] results
} · since { $date }
verification-two-sentence = The family of { $name }: { $versions } { $versions ->
    [one] visitor
   *[other] visitors
} found different things
verification-two-rule = The result not chosen stays recorded with its visitor's name.
verification-question = Question
verification-which-stands = Which result stands?
verification-decide-why = Reason for the decision
verification-decide-hint = For example: visited again with the head of the hamlet
verification-decide = Decide
verification-decided = The decision is recorded

# the workbook
verification-workbook-sentence = Fill in results in a workbook, then upload it; Tuntas checks it cell by cell
verification-sheet-1 = 1. Download the sheet
verification-sheet-1-text = One row a family, with the results there are. The second sheet says what each column takes.
verification-sheet-get = Download the workbook
verification-sheet-2 = 2. Upload results
verification-sheet-2-text = Nothing changes until you accept it on the next page.
verification-file = File
verification-file-check = Check the file
verification-file-missing = Choose an XLSX, ODS or CSV file
verification-file-unreadable = This file is damaged, has a password, or is no spreadsheet. Save it again as XLSX without a password.
verification-file-no-header = There is no header row with the columns “Nomor keluarga” and “Hasil”. Use the sheet downloaded from this page.
verification-files = Files uploaded before
verification-files-none = No files yet
verification-new-results = New results
verification-changed = Changed
verification-same = Same
verification-faulty = Faulty
verification-empty-rows = Without result
verification-rows-all = Rows
verification-upload-state-reading = being read
verification-upload-state-ready = waiting to be accepted
verification-upload-state-committed = accepted
verification-upload-state-discarded = put aside
verification-upload-state-rejected = rejected
verification-upload-ready = { $new } new results and { $changed } { $changed ->
    [one] change is
   *[other] changes are
} ready to be accepted; { $faulty } { $faulty ->
    [one] row is
   *[other] rows are
} faulty
verification-upload-nothing = This file changes nothing
verification-upload-committed = { $taken } { $taken ->
    [one] result
   *[other] results
} accepted; { $conflicts } { $conflicts ->
    [one] family
   *[other] families
} now have two results
verification-upload-discarded = This file was put aside; nothing changed
verification-upload-rejected = This file could not be read
verification-take-in = Accept { $rows } { $rows ->
    [one] result
   *[other] results
}
verification-taken = { $visits } { $visits ->
    [one] result
   *[other] results
} recorded; { $conflicts } { $conflicts ->
    [one] family has
   *[other] families have
} two results
verification-put-aside-do = Put the file aside
verification-put-aside = The file is put aside; nothing changed
verification-cells = Cells to correct
verification-cells-hint = Faulty rows are not accepted. Correct them in the file, then upload it again.
verification-cell = Cell
verification-column = Column
verification-value = Content
verification-blank = blank
verification-what-to-do = What to do
verification-would-change = Results that change
verification-would-add = New results
verification-row = Row
verification-stands-now = Now
verification-in-file = In the file
verification-first-of = first { $shown } of { $all }
verification-cell-unknown = This number is no family of this round in your area. Use the sheet of the right round.
verification-cell-twice = This family stands in another row too. Keep one row.
verification-cell-mixed = This number belongs to the family of { $suggestion }. The rows may be mixed up.
verification-cell-list = “{ $value }” is no choice of this column. Choose: { $suggestion }
verification-cell-no-result = Something else is filled in, but the result is empty. Enter the result.
verification-cell-reason = A reason is only for TIDAK_LAYAK and TUNDA. Leave it empty.
verification-cell-date = Enter the date of the visit, for example 21/11/2026
verification-cell-future = This date has not come yet. Check it.
verification-cell-yes-no = Enter Ya or Tidak
verification-cell-no-head = This family has no head in the registry yet; correct it with the visit form
verification-cell-rule = { $suggestion }

# the village deliberation
verification-minutes-sentence = The minutes of { $done } of { $villages } { $villages ->
    [one] village is
   *[other] villages are
} final
verification-minutes-none = { $eligible ->
    [1] The deliberation of { $name } is not recorded yet; 1 eligible family is read out
   *[other] The deliberation of { $name } is not recorded yet; { $eligible } eligible families are read out
}
verification-minutes-recorded = Deliberation of { $name }, { $date }: { $after } { $after ->
    [one] family
   *[other] families
} after it, provisional until locked
verification-minutes-final = Deliberation of { $name }, { $date }: { $after } { $after ->
    [one] family
   *[other] families
}, locked
verification-minutes-not-yet = not recorded
verification-minutes-no-scan = without scan
verification-minutes-state-recorded = recorded, not in force
verification-minutes-state-final = final
verification-minutes-write = Record the minutes
verification-minutes-correct = Correct the minutes
verification-minutes-save = Save the minutes
verification-minutes-saved = The minutes are saved
verification-minutes-number = Number of the minutes
verification-minutes-rule = Before − removed + added must equal after. Those removed are marked and those added are named below; how many were added is counted from the names.
verification-minutes-future = The deliberation has not been held by that date
verification-minutes-lock = Lock the minutes
verification-minutes-lock-off = Upload the scan first to lock
verification-minutes-locked = The minutes are locked
verification-minutes-unlock = Reopen for a correction
verification-minutes-unlock-do = Reopen
verification-minutes-unlocked = The minutes are open again
verification-held = The deliberation
verification-held-on = Date held
verification-held-at = Place
verification-participants = Participants
verification-before = Before
verification-removed-n = Removed
verification-added = Added
verification-after = After
verification-adds-up = adds up
verification-removed-names = Families removed
verification-removed-why = Removed because
verification-stays = Stays
verification-mark-removed = Mark those removed from { $count } eligible families
verification-scan = Signed scan
verification-scan-none = There is no scan yet.
verification-scan-see = See the scan
verification-scan-file = PDF, or a photo as JPEG or PNG
verification-scan-send = Upload the scan
verification-scan-kept = The scan is kept

error-verification-list-not-committed = This list has not been accepted.
error-verification-list-not-committed-next = Accept the list first, or choose another.
error-verification-no-families = No family fits this filter.
error-verification-no-families-next = Raise the decile, widen the area, or choose another list.
error-verification-dates = The round ends before it starts.
error-verification-dates-next = Choose an end after the start.
error-verification-transition = The state of the round has changed, perhaps by a colleague.
error-verification-transition-next = Reload the page of the round and look at its state now.
error-verification-decree = A decree rests on this round.
error-verification-decree-next = Make a new round for the families to be checked again.
error-verification-not-open = This round is not open.
error-verification-not-open-next = Ask the office to open it, or choose a round that is running.
error-verification-not-a-visitor = This person may not visit one of the villages ticked.
error-verification-not-a-visitor-of = This person may not visit { $village }
error-verification-not-a-visitor-of-next = Choose a visitor whose area covers all villages ticked.
error-verification-not-a-visitor-next = Choose a visitor whose area covers all of these villages.
error-verification-answers = { $count } { $count ->
    [one] answer is
   *[other] answers are
} still wrong.
error-verification-answers-next = Open “Check your answers” and correct what is marked.
error-verification-no-conflict = This family no longer has two results.
error-verification-no-conflict-next = See the result that stands in the village's list.
error-verification-minutes-negative = A number is below zero.
error-verification-minutes-negative-next = Check the numbers of the minutes.
error-verification-minutes-too-many = { $removed } removed, yet there were only { $before }.
error-verification-minutes-too-many-next = Check the numbers of the minutes.
error-verification-minutes-sum = There should be { $right } { $right ->
    [one] family
   *[other] families
} after it, not { $after }.
error-verification-minutes-sum-next = Check the numbers of the minutes.
error-verification-minutes-marked = The minutes say { $removed } were removed, you marked { $marked }.
error-verification-minutes-marked-next = Mark every family removed.
error-verification-minutes-final = These minutes are locked.
error-verification-minutes-final-next = Reopen them with a reason to correct them.
error-verification-no-scan = The signed scan is missing.
error-verification-no-scan-next = Upload the scan, then lock the minutes.
error-verification-not-eligible = A family marked is no longer eligible in this village.
error-verification-not-eligible-next = Reload the page and mark again.
error-verification-no-reason = Write the reason.
error-verification-no-reason-next = The reason is kept in the journal with your name.
error-verification-upload-state = This file has been accepted or put aside.
error-verification-upload-state-next = See its state on the workbook page.
error-verification-photo = This file is no JPEG or PNG photo that can be read.
error-verification-photo-next = Go back and take the photo once more. The other answers are not lost.
error-verification-scan-missing = No file was chosen.
error-verification-scan-missing-next = Choose the PDF or photo of the minutes, then upload it.
error-verification-scan-kind = This file is no PDF, JPEG or PNG.
error-verification-scan-kind-next = Scan it again as PDF, or photograph it.

journal-round-planned = Round { $name } planned: { $families } { $families ->
    [one] family
   *[other] families
}
journal-round-opened = { $name }: round opened
journal-round-closed = Round { $name } closed: { $done } of { $families } { $families ->
    [one] family
   *[other] families
} done
journal-round-reopened = Round { $name } reopened
journal-round-cancelled = Round { $name } cancelled
journal-round-assigned = { $villages } { $villages ->
    [one] village
   *[other] villages
} of round { $name } assigned
journal-round-spread = { $villages } { $villages ->
    [one] village
   *[other] villages
} of round { $name } shared among { $visitors } { $visitors ->
    [one] visitor
   *[other] visitors
}
journal-visit-recorded = { $visits } verification visits recorded
journal-visit-recorded-layak = { $unmet ->
    [0] Verified by { $visitor }: eligible, all basic needs met
    [1] Verified by { $visitor }: eligible, 1 unmet need
   *[other] Verified by { $visitor }: eligible, { $unmet } unmet needs
}
journal-visit-recorded-perbaikan = Verified by { $visitor }: eligible with { $corrections } { $corrections ->
    [one] correction
   *[other] corrections
}, { $unmet } unmet needs
journal-visit-recorded-tidak-layak = Verified by { $visitor }: not eligible
journal-visit-recorded-tunda = Visited by { $visitor }: deferred
journal-visit-conflict = Two different verification results wait for a decision
journal-visit-decided = Decided: the result of { $visitor } stands
journal-results-committed = { $visits } verification results accepted from a workbook
journal-deliberation-recorded = Deliberation recorded: { $before } − { $removed } + { $added } = { $after } { $after ->
    [one] family
   *[other] families
}
journal-deliberation-recorded-removed = Removed by the village deliberation
journal-deliberation-scanned = Scan of the deliberation's minutes uploaded
journal-deliberation-finalised = Minutes of the deliberation locked
journal-deliberation-reopened = Minutes of the deliberation reopened

# Deliberation: who is added, and when the result counts
verification-minutes-provisional = This result is provisional: families removed are still ranked until the minutes are locked with their scan.
verification-name-added = Name the families added
verification-name-added-hint = Type a name and pick the family from this village's registry, or write the head's name and address when it is not registered. Empty rows are skipped; save to get more rows.
verification-added-names = Added by the deliberation
verification-added-unknown = not in the registry
error-verification-not-addable = The family picked cannot be added.
error-verification-not-addable-next = Pick an active family of this village that was not read out in this round.
error-verification-added-incomplete = A family added needs a name and an address.
error-verification-added-incomplete-next = Complete the row, or leave it empty.
error-verification-added-twice = One family is added twice.
error-verification-added-twice-next = Remove one of its rows.
verification-nobody-others = All { $count } { $count ->
    [one] family
   *[other] families
} that fit are in another round that is not closed. Close that round, or untick "skip".
verification-nobody-areas = The areas chosen have no family that fits; without areas there are { $count }.
verification-nobody-percentile = No family up to that percentile; without it there are { $count }. Not every list carries percentiles.
verification-nobody-desil = No family up to that decile; without a decile there are { $count }.
verification-nobody-together = Together these limits leave no family; without limits there are { $count }.
verification-nobody-list = This list has no active family in your area. Choose another list.
