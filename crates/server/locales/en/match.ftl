job-step-match-reading = Reading the people on record
job-step-match-comparing = Comparing new people with the registry

match-desk = Review desk
match-pairs = Pairs that may be one person
match-pair = Pair
match-weights = Weights of the matcher
match-begin = Begin
match-filter = Filter pairs
match-list = List that brought it
match-weight = Weight
match-weight-tinggi = High: 12 and above
match-weight-sedang = Middle: 6 to 12
match-weight-rendah = Low: below 6
match-all-villages = All villages
match-all-lists = All lists
match-all-weights = All weights
match-tab-open = To be decided
match-tab-unsure = Not clear
match-tab-decided = Decided
match-queue-sentence = { $count } { $count ->
    [one] pair may be one person and waits
   *[other] pairs may be one person and wait
  } for a decision{ $sure ->
    [0] {""}
   *[other] ; { $sure } almost surely
  }
match-queue-unsure = All pairs have been looked at; { $count } are not clear
match-queue-done = All pairs are decided
match-queue-none-yet = No two people in your area look like one person
match-none-here = No pairs here
match-none-hint = Pairs are looked for whenever a list enters the registry.
match-tick = Choose
match-tick-all = Choose all pairs of this page
match-ticked = For the pairs that are ticked:
match-same-many = One person…
match-different-many = Two people…
match-shown = { $from }–{ $to } of { $count } pairs
match-both-served = both receive aid
match-note-held = { $name } is looking at it
match-note-waits = proposed by { $name }, waits for agreement
match-note-same = one person, according to { $name }
match-note-different = two people, according to { $name }
match-note-unsure = not clear to { $name }
match-left = { $count } { $count ->
    [one] pair
   *[other] pairs
  } left
match-left-held = { $count } { $count ->
    [one] pair
   *[other] pairs
  } left · held for you until { $until }
match-all-left = all { $count } pairs
match-skip = Skip
match-next = Next at this desk
match-records = Two records side by side
match-field = Field
match-comparison = Comparison
match-told-by = Source
match-legend = Yellow = what differs. Both source rows stay whatever you decide.
match-swap = Swap A and B
match-nothing = not on record
match-brings = in { $lists } { $lists ->
    [one] list
   *[other] lists
  }, { $visits } { $visits ->
    [one] visit
   *[other] visits
  }, { $programmes } { $programmes ->
    [one] programme
   *[other] programmes
  }, received { $received }
match-around = The families around
match-around-cap = who lives together
match-family-of = Family { $name }, { $village }
match-no-family = Lives in no family.
match-in-both = there too
match-served-twice = Both families are in the same programme: { $programmes }. If this is one person, they are served twice.
match-why = Why Tuntas thinks they are the same
match-evidence = Evidence
match-adds = Adds
match-start = Starting point, before comparing
match-total = Weight
match-enough = { $limit } and above: the same
match-of-thousand = Of 1,000 pairs with a weight like this, { $share } are one person by the model.
match-of-thousand-all = Pairs with a weight like this are almost always one person.
match-your-decision = Your decision
match-can-be-undone = can be taken back
match-reason = Reason
match-reason-same = Reason (needed if one person)
match-reason-hint = How you know, for example: identity card seen by the social worker.
match-reason-needed = Write how you know that this is one person
match-do-same = One person: merge B into A
match-do-same-text = Record A stays; lists, visits and aid of B move to it.
match-do-different = Two people
match-do-different-text = This pair will not be asked again.
match-do-unsure = Not clear
match-do-unsure-text = Kept under "Not clear" until somebody knows more.
match-given-up = One of these records is merged with somebody else by now. There is nothing left to decide about this pair.
match-waits = { $name } may be the same person as { $other }: look at the review desk
match-held-by = { $name } is looking at this pair until { $until }. After that you can decide it.
match-decision = Decision
match-was-same = One person, decided by { $name } on { $time }.
match-was-waits = One person, proposed by { $name } on { $time }; waits for a second person to agree.
match-was-different = Two people, decided by { $name } on { $time }.
match-was-unsure = Not clear to { $name } on { $time }.
match-see-merge = See the merging
match-take-back = Take the decision back
match-take-back-text = The pair will be asked again. If the two records were merged, they become two again.
match-many = Decide several at once
match-many-same = { $count } { $count ->
    [one] pair
   *[other] pairs
  }: each one person?
match-many-different = { $count } { $count ->
    [one] pair
   *[other] pairs
  }: each two people?
match-many-same-text = Check the list. Of each pair the older record stays. Pairs that somebody else is looking at, or that are decided already, are skipped.
match-many-different-text = Check the list. These pairs will not be asked again. Those that somebody else is looking at, or that are decided already, are skipped.
match-many-reason-hint = One reason for all, kept in the journal.
match-many-do-same = Say: one person
match-many-do-different = Say: two people
match-back = Back to the review desk
match-flash-none-left = No other pair is free to be looked at
match-flash-none-ticked = First tick the pairs to be decided
match-flash-same = The two records are merged
match-flash-waits = The merging is proposed and waits for a second person
match-flash-different = Recorded as two people
match-flash-unsure = Kept as not clear
match-flash-taken-back = The decision is taken back; the pair is asked again
match-flash-many = { $waits ->
    [0] { $done } pairs decided, { $left } skipped
   *[other] { $done } pairs decided, { $waits } proposed and waiting for a second person, { $left } skipped
}
match-flash-learnt = Weights fitted to { $count } decisions

match-almost-surely = Almost surely one person
match-likely = Very likely one person
match-perhaps = Perhaps one person
match-unclear = Not clear whether one person
match-sentence = { $how }: { $for }; but { $against }
match-sentence-for = { $how }: { $for }
match-rare = { $what } and rare
match-common = { $what }, but common

match-nama-1 = the very same name
match-nama-2 = same name in old and new spelling
match-nama-3 = one name is part of the other
match-nama-4 = names very much alike
match-nama-5 = names alike
match-nama-6 = same first word of the name
match-nama-7 = one word of the name the same
match-nama-8 = names somewhat alike
match-nama-9 = different names
match-tgl-lahir-1 = same date of birth
match-tgl-lahir-2 = day and month of birth swapped
match-tgl-lahir-3 = date of birth differs in one digit
match-tgl-lahir-4 = same year of birth, one on 1 January
match-tgl-lahir-5 = only the year of birth the same
match-tgl-lahir-6 = only day and month of birth the same
match-tgl-lahir-7 = different dates of birth
match-nik-1 = same NIK, which does not agree with the date of birth
match-nik-2 = same NIK
match-nik-3 = the last digit of a NIK was lost
match-nik-4 = same NIK but for its serial number
match-nik-5 = NIK differs in one digit
match-nik-6 = NIK differs in two digits
match-nik-7 = another NIK, one not agreeing with the birth
match-nik-8 = different NIK
match-jk-1 = same sex
match-jk-2 = different sex
match-rumah-tangga-1 = same family card and mother
match-rumah-tangga-2 = same family card
match-rumah-tangga-3 = same family card, mothers' names alike
match-rumah-tangga-4 = same family card, another mother
match-rumah-tangga-5 = family card differs in one digit
match-rumah-tangga-6 = same RT/RW and street
match-rumah-tangga-7 = same RT/RW
match-rumah-tangga-8 = same village and street
match-rumah-tangga-9 = same village
match-rumah-tangga-10 = names of the villages alike
match-rumah-tangga-11 = same kecamatan
match-rumah-tangga-12 = different homes
match-peran-1 = same place in the family
match-peran-2 = different place in the family
match-penjaga-0 = like twins: NIK one after the other, other names
match-penjaga-1 = perhaps twins: same birth and family card, other names
match-penjaga-2 = nothing but the NIK is the same

match-weights-sentence = The matcher can learn from { $count } decisions; { $enough } are enough to fit its weights
match-wanting = { $count } more decisions are needed before the weights can be fitted to those of this office.
match-bulk-not-learnt = { $count ->
    [one] 1 more pair was
   *[other] { $count } more pairs were
} decided with others at once. The matcher does not learn from those, because nobody looked at them one by one.
match-learn = Fit the weights
match-versions = Versions of the weights
match-versions-cap = all are kept
match-versions-none = No weights are in use yet
match-versions-none-hint = The weights that come with Tuntas are first used when the second list enters.
match-version-shipped = Weights that come with Tuntas (version { $number })
match-version-refitted = Fitted to the decisions of this office (version { $number })
match-shipped-told = Trained on made-up people, nobody's data.
match-learnt-from = From { $count } decisions: { $same } one person, the others two.
match-wrong = Decisions at odds with their weight: { $before } before, { $after } after.
match-precision = Of the pairs taken for sure, truly one person: { $range }
match-recall = Of all that are one person, taken for sure: { $range }
match-range = { $value } % (95 chances in 100: between { $low } and { $high } %)

error-match-held = { $name } is looking at this pair until { $until }
error-match-held-next = Look at another pair, or wait until this one is free.
error-match-decided = This pair is decided already
error-match-decided-next = Open the pair to see the decision; it can be taken back.
error-match-given-up = One of these records is merged with somebody else by now
error-match-given-up-next = Open the page of the person to see who he is now.
error-match-not-decided = This pair is not decided yet
error-match-not-decided-next = There is no decision to take back.
error-match-no-reason = No reason is written
error-match-no-reason-next = Write how you know, and send again.
error-match-too-few = Only { $count } pairs are decided
error-match-too-few-next = The weights can be fitted from { $enough } decisions on.
error-match-one-sided = All decisions say the same
error-match-one-sided-next = The matcher can learn once some pairs are one person and some are two.

match-linked = Row of { $list } linked by likeness (weight { $weight }): { $why }

journal-kind-match = Matching of people
journal-match-decided = A pair of records was decided
journal-match-decided-same = Two records are said to be one person
journal-match-decided-different = Two records are said to be two people
journal-match-decided-unsure = Two records are not clear
journal-match-taken-back = A decision on a pair was taken back
journal-match-refitted = The weights of the matcher were fitted to { $decisions } decisions

match-main-evidence = Main evidence
match-one-but = { $for }, but { $against }
match-brings-lists = in { $lists } { $lists ->
    [one] list
   *[other] lists
  }, nothing built on it
match-one-family = Both records stand in one family.

match-met = Of { $people } people in this list, { $known } match people on record ({ $exact } by number or the same data, { $alike } by likeness); { $new } are new.
match-met-asked = { $count } { $count ->
    [one] pair waits
   *[other] pairs wait
  } at the review desk
