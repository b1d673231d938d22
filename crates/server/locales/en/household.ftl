household-change = Change the household
household-changes = Household changes
household-choose-sentence = What has changed in the family of { $name }?
household-choose-none = The family of { $name } is not active any more: it cannot be changed
household-choose-do = Record
household-needs-second = Needs approval
household-waiting-here = { $kind } waits for approval

household-birth = Birth
household-birth-about = A newborn becomes a member of the family
household-birth-ask = Who was born into the family of { $name }?
household-birth-check = Check the birth in the family of { $name }
household-birth-on = Date of birth
household-death = Death
household-death-about = Who died is neither counted nor invited any more
household-death-ask = Who died in the family of { $name }?
household-death-check = Check the death in the family of { $name }
household-death-on = Date of death
household-arrival = A member arrives
household-arrival-about = Somebody from elsewhere lives with this family
household-arrival-ask = Who came to the family of { $name }?
household-arrival-check = Check who came to the family of { $name }
household-departure = Members leave the district
household-departure-about = One or several members move out of the district
household-departure-ask = Who leaves the family of { $name }?
household-departure-check = Check who leaves the family of { $name }
household-head = Another head
household-head-about = Another member becomes head of the family
household-head-ask = Who is the new head of the family of { $name }?
household-head-check = Check the new head of the family of { $name }
household-split = Split the family
household-split-about = Some members found a family of their own
household-split-ask = Who of the family of { $name } founds a new family?
household-split-check = Check the split of the family of { $name }
household-merge = Merge families
household-merge-about = Another family is taken into this one
household-merge-ask = Which family comes into the family of { $name }?
household-merge-check = Check the merger into the family of { $name }
household-move = Move house
household-move-about = The whole family moves within the district
household-move-ask = Where does the family of { $name } move?
household-move-check = Check the move of the family of { $name }
household-move-out = Leave the district
household-move-out-about = The whole family moves out of the district
household-move-out-ask = When did the family of { $name } leave the district?
household-move-out-check = Check the leaving of the family of { $name }
household-move-in = Come back to the district
household-move-in-about = A family that had left lives here again
household-move-in-ask = Where does the family of { $name } live now?
household-move-in-check = Check the return of the family of { $name }
household-new-family = A family moves in
household-new-family-about = A family from outside the district that is not recorded yet
household-new-family-ask = Who is the head of the family that moves in?
household-new-family-check = Check the new family of { $name }
household-new-family-of = New family of { $name }
household-same = The same person
household-nik = Correct a NIK
household-nik-about = A wrong number is replaced; the old one is kept and can be searched for
household-nik-ask = Whose NIK in the family of { $name } is wrong?
household-nik-check = Check the corrected NIK in the family of { $name }

household-will-wait = This change takes effect once a second person approves it.
household-see-holder = See who holds that number
household-going = Who goes along
household-going-hint = Choose each person's relation in the new family. One person is its head.
household-stays = Stays in this family
household-head-of-new = Head of the new family
household-who-goes = Who leaves
household-who = Who
household-heir = Head of those who stay
household-heir-hint = Only where the head of the family leaves or died.
household-heir-none = The head stays the same
household-other-search = Look for the other family
household-other-search-hint = Name, address, NIK or family card number
household-other-find = Search
household-other = The family that comes in
household-other-none = No family matches. Try the name of another member or the family card number.
household-others = Their relation to the head of this family
household-name = Full name
household-birth-date = Date of birth
household-relation = Relation to the head
household-relation-of-old = Relation of the former head to the new one
household-choose-one = Choose one
household-choose-word = Choose
household-nik-right = The right NIK
household-nik-hint = 16 digits, from the identity or family card
household-nik-of = NIK
household-nik-maybe = Leave empty where there is none yet
household-kk-of = Family card number
household-kk-maybe = Leave empty where none was issued yet
household-elsewhere = They live at another address
household-elsewhere-hint = Without this, the new family lives at the same address.
household-address-hint = Street, number, hamlet
household-on = Date it happened
household-reason = Basis of the change
household-reason-hint = For instance a village letter, a certificate, or who reported it
household-check = Check the change
household-cancel = Cancel
household-before = Before
household-after = After
household-before-none = Not there yet
household-nobody = No members
household-facts = What changes
household-see-family = Open the family
household-age = { $age } y
household-mark-new = new
household-mark-came = comes in
household-mark-died = died
household-mark-goes = to the family of { $name }
household-mark-left = left the district
household-mark-back = came back
household-mark-same = the same person as { $name }
household-mark-nik = NIK { $was } becomes { $now }
household-mark-relation = was { $was }
household-family-state = State of the family
household-family-active = Active
household-family-moved = Left the district
household-family-dissolved = Merged into another family
household-family-deceased = All members died
household-confirm = Save this change?
household-confirm-wait = Propose this change?
household-write = Save
household-propose = Propose
household-again = Change what was typed

household-list-none-waits = No household change waits for approval
household-list-waits = { $count ->
    [one] 1 household change waits for approval
   *[other] { $count } household changes wait for approval
}
household-list-waits-me = { $count ->
    [one] 1 household change waits for approval, { $mine } of them for you
   *[other] { $count } household changes wait for approval, { $mine } of them for you
}
household-of-family = Only changes of the family of { $name }.
household-all-changes = See all
household-filter = Filter the changes
household-all-states = All states
household-all-kinds = All kinds
household-kind = Kind
household-by = By
household-recorded-on = Recorded
household-list-none = No change matches yet
household-list-none-hint = Changes are recorded from the page of a family.
household-for-you = waits for you
household-gone-family = A family that was taken back
household-program = The system
household-state-proposed = Waits for approval
household-state-returned = Sent back
household-state-done = In effect
household-state-taken-back = Taken back
household-sentence-proposed = { $kind } in the family of { $name } waits for approval
household-sentence-returned = { $kind } in the family of { $name } was sent back
household-sentence-done = { $kind } in the family of { $name } is in effect
household-sentence-taken-back = { $kind } in the family of { $name } was taken back
household-about = About this change
household-proposed-by = Proposed by
household-recorded-by = Recorded by
household-approved-by = Approved by
household-returned-by = Sent back by
household-returned-reason = Why it was sent back
household-taken-by = Taken back by
household-taken-reason = Why it was taken back
household-nothing-shown = This change never took effect.
household-impossible = It cannot be approved any more:
household-impossible-scope = its family is gone, or outside your area.
household-approve-question = Approve this change?
household-approve-text = It takes effect at once and stands in the timeline of every family concerned.
household-approve = Approve
household-own-waits = Your proposal waits for somebody else's approval.
household-return = Send back
household-withdraw = Withdraw the proposal
household-why = Reason
household-return-hint = What is missing or wrong
household-take-back = Take back
household-take-back-text = Everything becomes as it was before this change.
household-take-back-do = Take back
household-take-back-hint = Why this change is wrong
household-blocked = It cannot be taken back yet. Built on it:
household-way-change = a later change: { $kind }
household-way-list = list { $name }
household-way-round = verification round { $name }
household-way-determination = { $name }
household-way-programme = programme { $name }
household-way-event = { $name }
household-way-number = the former NIK is somebody else's by now
household-way-field = the data have changed again since
household-flash-waits = The change was proposed and waits for approval
household-flash-done = The change was saved
household-flash-approved = The change was approved and is in effect
household-flash-returned = The proposal was sent back
household-flash-withdrawn = The proposal was withdrawn
household-flash-taken-back = The change was taken back
household-menu = Household
household-still-said = List { $list } still names { $name } as a member of this family.
household-still-other = List { $list } still names { $name } in another family.
household-still-head = List { $list } still names { $name } as head of the family.
household-still-nik = List { $list } still says the old NIK of { $name }.
household-still = Changes by hand hold
household-kin = Related families
household-kin-split-here = Split off this family on { $date }
household-kin-split-there = The former family, until { $date }
household-kin-merge-here = Came into this family on { $date }
household-kin-merge-there = Took this family in on { $date }
household-kin-received = received { $amount }
household-state-moved-note = This family left the district.
household-state-dissolved-note = This family was merged into another.
household-state-deceased-note = All members of this family died.
household-not-served = It is not counted, invited or enrolled.
household-gone-list = This family is gone: list { $name } that brought it was taken back on { $date } by { $who }
household-gone-change = This family is gone: the change that made it was taken back on { $date } by { $who }
household-gone-reason = Reason: { $reason }
household-gone-open-list = Open the list
household-gone-open-change = Open the change
household-gone = Family gone
household-settings = A second person's approval
household-settings-hint = Household changes by hand that take effect only once somebody else approves

task-household = { $count ->
    [one] 1 household change waits for your approval
   *[other] { $count } household changes wait for your approval
}
task-household-detail = Proposed by somebody else: approve, or send back with a reason
task-household-action = Check

journal-kind-household = Household changes
journal-household-changed = { $what ->
    [split] Family split
    [merge] Families merged
    [head] Head of the family changed
    [birth] Birth recorded
    [death] Death recorded
    [arrival] A member arrived
    [departure] Members left the district
    [move] Family moved house
    [move_out] Family left the district
    [move_in] Family came back to the district
    [new_family] Family moved in
    [same] Two people found to be one
   *[nik] NIK corrected
}
journal-household-changed-split = { $names } founded the new family of { $other }
journal-household-changed-split-other = New family of { $names }, split off the family of { $other }
journal-household-changed-merge = The family of { $other } came into this one: { $names }
journal-household-changed-merge-other = This family went into the family of { $other }
journal-household-changed-head = Head changed: { $head } to { $names }
journal-household-changed-birth = Born: { $names }
journal-household-changed-death = Died: { $names }
journal-household-changed-arrival = Arrived: { $names }
journal-household-changed-departure = Left the district: { $names }
journal-household-changed-move = Moved to { $to }
journal-household-changed-move-out = The family left the district
journal-household-changed-move-in = The family came back: { $to }
journal-household-changed-new-family = Family moved in: { $names }
journal-household-changed-same = { $names } was recorded twice and is one person now
journal-household-changed-same-other = { $names } was recorded twice: the record is in the family of { $other } now
journal-household-changed-nik = NIK of { $names } corrected
journal-household-proposed = { $what ->
    [split] Split of the family proposed
    [merge] Merger of families proposed
    [head] Another head proposed
    [birth] Birth proposed
    [death] Death proposed
    [arrival] Arrival of a member proposed
    [departure] Departure of members proposed
    [move] Move proposed
    [move_out] Leaving of the family proposed
    [move_in] Return of the family proposed
    [new_family] New family proposed
    [same] Proposed that two people are one
   *[nik] Correction of a NIK proposed
}
journal-household-returned = Proposed household change sent back
journal-household-taken-back = { $what ->
    [split] Split of the family taken back
    [merge] Merger of families taken back
    [head] Another head taken back
    [birth] Birth taken back
    [death] Death taken back
    [arrival] Arrival of a member taken back
    [departure] Departure of members taken back
    [move] Move taken back
    [move_out] Leaving of the family taken back
    [move_in] Return of the family taken back
    [new_family] New family taken back
    [same] Two people merged are two again
   *[nik] Correction of a NIK taken back
}

error-household-no-reason = The basis of the change is missing
error-household-no-reason-next = Write the letter, certificate or report it rests on.
error-household-in-future = This date has not come yet
error-household-in-future-next = Enter the day it happened, today at the latest.
error-household-too-long-ago = This date is too long ago
error-household-too-long-ago-next = Check the year.
error-household-not-active = This family is not active: it left, was merged, or has no members
error-household-not-active-next = Open the family to see what happened to it.
error-household-not-away = This family is not recorded as having left the district
error-household-not-away-next = For a new address within the district, choose to move house.
error-household-not-a-member = This person is not of the family, or died or left
error-household-not-a-member-next = Open the form again and choose from the members there are.
error-household-nobody-named = Nobody was chosen
error-household-nobody-named-next = Choose at least one person.
error-household-everybody-leaves = All members would leave
error-household-everybody-leaves-next = Leave at least one person, or record that the whole family moves.
error-household-one-head = A new family must have exactly one head
error-household-one-head-next = Choose one person as head of the new family.
error-household-head-needed = The head does not stay in the family
error-household-head-needed-next = Choose the head of those who stay.
error-household-head-leaves = The head chosen does not stay in this family
error-household-head-leaves-next = Choose one of the members who stay.
error-household-is-head = This person is the head already
error-household-is-head-next = Choose another member.
error-household-two-heads = A family has one head only
error-household-two-heads-next = Choose another relation.
error-household-same-family = A family cannot be merged with itself
error-household-same-family-next = Choose another family.
error-household-other-not-active = That family is not active any more
error-household-other-not-active-next = Choose another family.
error-household-no-name = The name is missing
error-household-no-name-next = Write the full name in letters.
error-household-death-before-birth = The date of death is before the date of birth
error-household-death-before-birth-next = Check the date, or that person's date of birth.
error-household-birth-after = The date of birth is after the day it happened
error-household-birth-after-next = Check both dates.
error-household-nik-other-birth = The date of birth does not fit the NIK
error-household-nik-other-birth-next = Compare with the identity or family card.
error-household-nik-other-sex = The sex does not fit the NIK
error-household-nik-other-sex-next = Compare with the identity or family card.
error-household-same-nik = This person has this NIK already
error-household-same-nik-next = Enter the right number, or cancel.
error-household-no-address = The address is missing
error-household-no-address-next = Write street, number or hamlet.
error-household-same-place = The family lives at this address already
error-household-same-place-next = Choose another village, or change the address.
error-household-same-person = This is the same record
error-household-same-person-next = Choose another record that is the same person.
error-household-given-up = One of the two is merged with somebody else already
error-household-given-up-next = Open his page: it says whom he is one with.
error-household-both-dead = Both are recorded as dead
error-household-both-dead-next = Nothing is left to be put together; the history of both stays.
error-household-one-dead = One is recorded as dead, the other lives
error-household-one-dead-next = Take back the wrong record of death, or record the other's death first.
error-household-kept-away = The person to be kept lives in no family of the district
error-household-kept-away-next = Keep the other record.
error-household-unlike = The facts of the two contradict each other
error-household-unlike-next = Compare sex, date of birth and NIK, then say that you have checked.
error-household-nik-held = This NIK is somebody else's
error-household-nik-held-next = Compare both identity cards; correct the wrong holder's NIK first.
error-household-nik-held-elsewhere = This NIK belongs to somebody outside your area
error-household-nik-held-elsewhere-next = Check the digits, then ask the social office.
error-household-kk-held = This family card number is another family's
error-household-kk-held-next = Check the digits, or leave it empty until the new card is issued.
error-household-kk-held-elsewhere = This family card number belongs to a family outside your area
error-household-kk-held-elsewhere-next = Check the digits, or leave it empty until the new card is issued.
error-household-no-such-village = There is no such village
error-household-no-such-village-next = Choose a village from the list.
error-household-own-proposal = Nobody approves a proposal of his own
error-household-own-proposal-next = Ask somebody else with that right to check it.
error-household-not-now = This change has been decided: { $state }
error-household-not-now-next = Open the change to see how it stands now.
error-household-in-the-way = This change cannot be taken back, because this is built on it: { $what }
error-household-in-the-way-next = Take back what is built on it first.
