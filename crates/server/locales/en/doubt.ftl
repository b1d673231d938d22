doubt = Double records
doubt-twice = Served twice
doubt-villages = In two villages
doubt-number = One NIK, two people
doubt-dead = Dead
doubt-twice-none = Nobody was served twice
doubt-villages-none = Nobody is recorded in two villages
doubt-number-none = No NIK is used by two people
doubt-dead-none = Nobody dead still receives
doubt-twice-sentence = { $count ->
    [one] Aid of one kind was received twice once, in { $villages } villages
   *[other] Aid of one kind was received twice { $count } times, in { $villages } villages
}
doubt-villages-sentence = { $count ->
    [one] 1 person is recorded in two villages at once
   *[other] { $count } people are each recorded in two villages at once
}
doubt-number-sentence = { $count ->
    [one] 1 NIK is used by two people
   *[other] { $count } NIK are used by two people, in { $villages } villages
}
doubt-dead-sentence = { $count ->
    [one] 1 dead person still receives or heads a family
   *[other] { $count } dead people still receive or head a family, in { $villages } villages
}
doubt-twice-like = Aid of one kind from two programmes in a year: { $what }
doubt-twice-person = A person with the same NIK received in two families: { $what }
doubt-twice-barred = Received { $what } although a list tells of aid that excludes it
doubt-villages-number = The same NIK in another village
doubt-villages-name = The same name and date of birth in another village
doubt-number-number = The same NIK
doubt-dead-served = Received in his name after he died on { $what }
doubt-dead-enrolled = All members died, still enrolled in { $what }
doubt-dead-head = Dead, still recorded as head of the family
doubt-dead-number = The NIK of somebody dead
doubt-twice-like-short = two programmes
doubt-twice-person-short = two families
doubt-twice-barred-short = other aid
doubt-villages-number-short = same NIK
doubt-villages-name-short = same name and date of birth
doubt-number-number-short = same NIK
doubt-dead-served-short = received
doubt-dead-enrolled-short = still enrolled
doubt-dead-head-short = heads a family
doubt-dead-number-short = same NIK
doubt-rows = To be checked
doubt-cause = Cause
doubt-other = The other
doubt-do = What to do
doubt-do-same = Merge, if it is one person
doubt-do-family = Check the family
doubt-do-enrolment = Take out of the programme
doubt-do-head = Change the head
doubt-do-death = Record the death, or correct the NIK
doubt-do-office = Ask the social office
doubt-elsewhere = Somebody outside your area
doubt-by-village = By village
doubt-count = Count
doubt-only = { $name } only.
doubt-all = All villages
doubt-more = { $count } more in the download.
doubt-nothing = Nothing to be checked
doubt-nothing-hint = This list is counted from the data of now.
doubt-home = Double records: served twice, in two villages, one NIK for two people, dead
