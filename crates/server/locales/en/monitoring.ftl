# Monitoring: pipeline, head of office's page, regent's page
monitoring-pipeline = Families at each stage
monitoring-pipeline-text = One column a stage; the dark yellow part has waited longer than the stage's limit
monitoring-pipeline-source = Stuck = longer than the stage's limit · data { $date }
monitoring-here = at this stage
monitoring-stuck = stuck
monitoring-flowing = flowing
monitoring-stuck-count = { $count } stuck
monitoring-median-days = median { $days } { $days ->
    [one] day
   *[other] days
}
monitoring-limit-days = limit { $days } { $days ->
    [one] day
   *[other] days
}
monitoring-stage = Stage
monitoring-waiting = Waiting
monitoring-median = Median (days)
monitoring-limit = Limit (days)
monitoring-stage-verification = Field verification
monitoring-stage-ranking = Ranking
monitoring-stage-signature = Signature
monitoring-stage-answer = Answers
monitoring-stage-enrolment = Enrolment
monitoring-stage-delivery = Delivery
monitoring-finding-stuck = { $stuck } { $stuck ->
    [one] family is
   *[other] families are
} stuck, { $worst } of them at the stage { $stage }.
monitoring-finding-all = { $stuck } { $stuck ->
    [one] family is
   *[other] families are
} stuck, all at the stage { $stage }.
monitoring-finding-flowing = { $waiting } { $waiting ->
    [one] family is
   *[other] families are
} in progress, none is stuck.
monitoring-finding-empty = No families are in progress yet.

monitoring-head = Head of office
monitoring-head-sentence = { $count ->
    [one] { $count } decision waits for you
   *[other] { $count } decisions wait for you
}; the oldest for { $days } days.
monitoring-head-nothing = No decision waits for you
monitoring-decide = Waiting for your decision
monitoring-regent-page = Regent's page
monitoring-quality = Data quality
monitoring-quality-good = No family is kept out of decrees.
monitoring-problem = Keeps families out of decrees
monitoring-coverage = Coverage by sub-district
monitoring-coverage-note = cell = percent served of those enrolled
monitoring-target = Target
monitoring-paid-head = Delivered
monitoring-of-ceiling = Of ceiling
monitoring-heat-legend = % served:
monitoring-below = below
monitoring-no-quota = no quota
monitoring-no-programmes = No programme is running yet
monitoring-no-programmes-hint = Coverage shows once a programme is active and families are enrolled.
monitoring-workload = Workload of verifiers
monitoring-verifier = Verifier
monitoring-still-waiting = Not visited

monitoring-regent = Towards zero extreme poverty
monitoring-towards-zero = towards zero extreme poverty
monitoring-screen = TV screen
monitoring-as-of = data as of { $date }
monitoring-none-hint = Numbers show once lists of families are committed.
monitoring-sentence-none = No decile-1 family is on record yet.
monitoring-sentence-touched = { $tenths } in 10 decile-1 families have received at least one programme;
monitoring-sentence-untouched = { $count } { $count ->
    [one] family is
   *[other] families are
} still untouched
monitoring-sentence-most = , most of them in { $name }.
monitoring-desil1 = Decile-1 families
monitoring-desil1-note = by the newest list
monitoring-touched = Reached
monitoring-fewer = { $count } fewer families waiting this month
monitoring-more = { $count } more families waiting this month
monitoring-same = as a month ago
monitoring-paid = Delivered of { $ceiling }
monitoring-paid-share = { $share } of the ceiling
monitoring-stuck-families = Stuck families
monitoring-stuck-note = longer than the stage's limit
monitoring-billion = Rp{ $amount } bn
monitoring-million = Rp{ $amount } m
monitoring-map-title = Untouched families by village
monitoring-ranking = Most and fewest untouched
monitoring-path = Untouched families over twelve months
monitoring-path-needed = path to zero
monitoring-path-above = { $gap } { $gap ->
    [one] family
   *[other] families
} above the path to zero on { $date }.
monitoring-path-below = On the path to zero on { $date }.
monitoring-month = Month
monitoring-decisions = Three things that hold families up
monitoring-no-decisions = Nothing is held up.
monitoring-decision-verification = Finish the field visits
monitoring-decision-ranking = Propose the ranking of eligible families
monitoring-decision-signature = Sign the decree
monitoring-decision-answer = Answer the families not selected
monitoring-decision-enrolment = Enrol the families of the decree
monitoring-decision-delivery = Hand over the aid decided
monitoring-decision-count = { $count } { $count ->
    [one] family
   *[other] families
}, { $stuck } stuck
