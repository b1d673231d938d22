# Programmes: agencies, budget, what is given, stages, enrolment from a decree
programmes-sentence-none = No programme yet; begin by recording one activity of the budget
programmes-sentence = { $count ->
    [one] { $count } programme runs
   *[other] { $count } programmes run
 } for { $families } families; { $paid } of a ceiling of { $ceiling } has been received
programmes-empty = No programme yet
programmes-empty-hint = Have the activity's name, sub-activity code, account code, ceiling and contents at hand.
programmes-new = New programme
programmes-table = Programmes
programmes-programme = Programme
programmes-strategy = Strategy
programmes-unit = Rp per family
programmes-enrolled = Enrolled
programmes-served = Received
programmes-ceiling-rp = Ceiling (Rp)
programmes-money = Money
programmes-share = { $share } of the ceiling received
programmes-state = State
programmes-state-all = All
programmes-state-draft = Draft
programmes-state-active = Running
programmes-state-closed = Closed
programmes-families = { $count ->
    [one] { $count } family
   *[other] { $count } families
 }

programmes-sentence-draft = Still a draft: activate it so that families can be enrolled; the ceiling of { $ceiling } holds { $fits } { $fits ->
    [one] family
   *[other] families
}
programmes-sentence-few = { $families } families enrolled, ceiling { $ceiling }; figures of fewer than five families are not shown
programmes-sentence-nobody = Nobody is enrolled yet; the ceiling of { $ceiling } holds { $fits } { $fits ->
    [one] family
   *[other] families
}
programmes-sentence-unserved = { $families } { $families ->
    [one] family is
   *[other] families are
} enrolled and none has received yet
programmes-sentence-under-way = { $served } of { $families } { $families ->
    [one] family has
   *[other] families have
} received; { $paid } of a ceiling of { $ceiling } is delivered
programmes-sentence-fewer = { $served } { $served ->
    [one] family
   *[other] families
} received, { $missing } fewer than the { $families } enrolled; { $paid } is delivered
programmes-sentence-returned = { $served } of { $families } { $families ->
    [one] family
   *[other] families
} received, { $paid } is delivered; { $returned } for { $back } { $back ->
    [one] family
   *[other] families
} went back to the treasury
programmes-sentence-all = All { $families } { $families ->
    [one] family has
   *[other] families have
} received; { $paid } of a ceiling of { $ceiling } is delivered

programmes-edit = Change
programmes-enrol = Enrol from a decree
programmes-plan-event = Plan a delivery
programmes-activate = Activate the programme
programmes-decree-waiting = Decree { $decree } { $decree ->
    [one] name
   *[other] names
} { $families } { $families ->
    [one] family
   *[other] families
} who are not enrolled yet.
programmes-money-head = The programme's money
programmes-money-title = The ceiling by what became of it
programmes-money-text = Received { $paid }, given back to the treasury { $returned }, still promised { $open }, free { $free }, of a ceiling of { $ceiling }
programmes-money-cap = { $unit } × { $families } { $families ->
    [one] family
   *[other] families
} × { $stages } { $stages ->
    [one] stage
   *[other] stages
}
programmes-ceiling = Ceiling
programmes-ceiling-detail = by the budget document
programmes-paid = Received by families
programmes-promised = Promised, not yet received
programmes-given-back = Given back to the treasury
programmes-free = Left below the ceiling
programmes-free-detail = room for { $families } more families
programmes-ceiling-rule = An enrolment, stage or price above the ceiling is refused.
programmes-stages = Stages
programmes-stage = Stage
programmes-stage-default = Stage { $number }
programmes-stage-bar = Progress of { $stage }
programmes-progress = Progress
programmes-waiting = Waiting
programmes-unsettled = Undecided
programmes-returned = Given back
programmes-unplanned = Not planned yet
programmes-by-area = Enrolled by area
programmes-participants-link = list of names
programmes-area = Area
programmes-suspended = Suspended
programmes-warned = Also receive the like
programmes-total = Total
programmes-nobody-enrolled = Nobody is enrolled yet
programmes-nobody-hint = Families are enrolled together, from a signed decree.
programmes-runs = Enrolments
programmes-run-when = Date
programmes-run-from = Based on
programmes-run-families = Families
programmes-run-reason = Reason
programmes-run-standing = Standing
programmes-run-decree = Decree { $number }
programmes-run-replacement = Replacement by minutes
programmes-run-undone = Taken back { $date }
programmes-run-built = { $lines } delivery lines rest on it
programmes-run-undo = Take back
programmes-run-undo-why = Reason for taking back { $families } { $families ->
    [one] enrolment
   *[other] enrolments
}
programmes-run-stands = Stands
programmes-items = Contents of the parcel
programmes-item = Item
programmes-quantity = Quantity
programmes-price = Price
programmes-price-rp = Unit price (Rp)
programmes-amount = Amount
programmes-one-parcel = One parcel (Rp)
programmes-budget = Budget and officers
programmes-agency = Agency
programmes-sub-activity = Sub-activity
programmes-account = Account
programmes-fund = Source of funds
programmes-aid-kind = Kind of aid
programmes-code-unknown = not in Tuntas's list of codes
programmes-no-events = No delivery is planned yet.
programmes-event-served = { $paid } of { $families } { $families ->
    [one] family
   *[other] families
} received
programmes-close-head = Close the programme
programmes-close-hint = Once closed nobody is enrolled and nothing is planned any more. It can be opened again with a reason.
programmes-close = Close the programme
programmes-reopen-head = Open again
programmes-reopen = Open the programme again
programmes-reason = Reason
programmes-official-budget-user = Budget user
programmes-official-commitment = Commitment-making officer
programmes-official-activity = Activity officer (PPTK)
programmes-official-treasurer = Treasurer

programmes-form-sentence = Record the activity and what it gives; the ceiling is kept from the first enrolment on
programmes-form-sentence-edit = Change { $name }
programmes-form-what = Activity
programmes-form-budget = Budget
programmes-form-aid = Aid
programmes-name = Name of the programme
programmes-name-hint = As printed on the payment list
programmes-choose = Choose
programmes-aid-kind-hint = Families that would get two aids of one kind are shown before they are enrolled.
programmes-excludes = Not together with
programmes-excludes-hint = Besides aid of the same kind. It warns; a person decides.
programmes-year = Budget year
programmes-sub-activity-hint = Such as 1.06.05.2.02.0003; a fourth part of 02 is written 2
programmes-ceiling-hint = The activity's ceiling by the budget document
programmes-officials = Officers who sign
programmes-official-name = Name with titles
programmes-aid = Form
programmes-aid-hint = Social-aid accounts tell money from goods.
programmes-aid-cash = Money
programmes-aid-goods = Goods
programmes-cash = Money per family per stage
programmes-cash-hint = Only where money is given
programmes-items-hint = Only where goods are given. Quantities may have decimals, such as 7,5. Empty rows are ignored.
programmes-item-unit = Unit
programmes-more-rows = More rows
programmes-stages-hint = One stage is one delivery to everybody enrolled. Empty rows are ignored.
programmes-stage-on = Planned day
programmes-save = Save
programmes-cancel = Cancel

programmes-kind-food = Food
programmes-kind-cash = Cash
programmes-kind-education = Education
programmes-kind-health = Health
programmes-kind-housing = Housing
programmes-kind-livelihood = Livelihood
programmes-kind-disability = Disability
programmes-kind-clothing = Clothing
programmes-kind-other = Other
programmes-aid-pkh = PKH
programmes-aid-bpnt = BPNT
programmes-aid-sembako = Sembako programme
programmes-aid-bst = BST
programmes-aid-bpum = BPUM
programmes-aid-prakerja = Prakerja card
programmes-aid-kur = KUR

programmes-enrol-sentence-none = No decree has been signed for this programme yet
programmes-enrol-sentence-choose = Choose the decree that names who receives
programmes-enrol-sentence-done = Everybody on this decree is enrolled
programmes-enrol-sentence = { $families } { $families ->
    [one] family
   *[other] families
} can be enrolled; { $warned } of them receive the like already
programmes-decrees = Decrees
programmes-decrees-none = No decree yet
programmes-decrees-hint = A decree comes from a determination signed by the head of office.
programmes-enrol-head = What enrolling from decree { $number } does
programmes-enrol-selected = Named by the decree
programmes-enrol-already = Enrolled already
programmes-enrol-new = To be enrolled
programmes-enrol-needed = Promised afterwards
programmes-enrol-left = Left below the ceiling afterwards
programmes-enrol-over = Over the ceiling: leave some families out, change what is given, or raise the ceiling.
programmes-enrol-warned = { $families } { $families ->
    [one] family receives
   *[other] families receive
} the like, or what may not be received together with it. Decide below.
programmes-warned-list = { $families } { $families ->
    [one] family receives
   *[other] families receive
} { $aid } by the newest list
programmes-warned-programme = { $families } { $families ->
    [one] family is
   *[other] families are
} enrolled in { $programme }
programmes-leave-out = Leave out for now
programmes-leave-out-hint = Whoever is not ticked is enrolled all the same. Those left out can be enrolled later from the same decree.
programmes-enrol-reason = Reason for enrolling those who receive the like
programmes-enrol-reason-hint = Kept in the journal and seen with each family.
programmes-enrol-do = Enrol { $families } { $families ->
    [one] family
   *[other] families
}
programmes-enrol-undo = Can be taken back as a whole until a delivery rests on it.

programmes-participants = Participants
programmes-participant = Participant
programmes-participants-none = Nobody is enrolled yet
programmes-participants-sentence = { $families } { $families ->
    [one] family is
   *[other] families are
} on record, none receives the like
programmes-participants-warned = { $families } { $families ->
    [one] family is
   *[other] families are
} on record; { $warned } also receive the like
programmes-participants-shown = { $shown } of { $all } { $all ->
    [one] family
   *[other] families
}
programmes-participants-empty = Nobody fits the filter
programmes-participants-empty-hint = Loosen the filter beside.
programmes-only-warned = Also receives the like
programmes-only-unserved = Never received
programmes-also = Also receives
programmes-stages-paid = Stages received
programmes-see-family = See the family
programmes-enrolment = Enrolment
programmes-since = Since
programmes-until = Until
programmes-change-standing = Change the standing
programmes-standing-hint = Kept on the family's timeline.
programmes-do-suspend = Suspend
programmes-do-leave = Take out
programmes-do-resume = Take back in
programmes-participant-candidate = { $name } is a candidate still
programmes-participant-enrolled = { $name } is enrolled and has not received yet
programmes-participant-active = { $name } has received { $paid } of { $stages } { $stages ->
    [one] stage
   *[other] stages
}
programmes-participant-suspended = { $name } is suspended; the place is kept
programmes-participant-left = { $name } has left the programme

programmes-agencies = Agencies
programmes-agencies-sentence = { $count } { $count ->
    [one] agency is
   *[other] agencies are
} active; { $with } of them have programmes
programmes-agency-new = New agency
programmes-agency-sentence-new = Add an agency that serves poor families
programmes-agency-sentence-edit = Change { $name }
programmes-agency-name = Full name
programmes-agency-short = Short name
programmes-agency-short-hint = For tables
programmes-agency-code = Code
programmes-agency-code-hint = Such as DISTAN
programmes-services = Can answer
programmes-services-hint = Used when families are referred
programmes-agency-users = Users
programmes-agency-active = Active
programmes-agency-inactive = Not active
programmes-agency-active-label = Active: may be chosen for programmes and referrals
programmes-service-food = food
programmes-service-cash = cash aid
programmes-service-clothing = clothing
programmes-service-education = school costs
programmes-service-health = health insurance
programmes-service-nutrition = nutrition and stunting
programmes-service-identity = identity papers
programmes-service-disability = assistive devices
programmes-service-training = job training
programmes-service-livelihood = business capital and tools
programmes-service-work = jobs and public works
programmes-service-farming = fertiliser, seed, livestock
programmes-service-fishery = fishery subsidy
programmes-service-housing = decent housing
programmes-service-water = clean water
programmes-service-sanitation = toilets and sewage

programmes-flash-created = { $name } is kept as a draft
programmes-flash-changed = { $name } is changed
programmes-flash-active = The programme runs
programmes-flash-closed = The programme is closed
programmes-flash-draft = The programme is a draft
programmes-flash-enrolled = { $families } { $families ->
    [one] family
   *[other] families
} enrolled; { $left } left out
programmes-flash-undone = { $families } { $families ->
    [one] enrolment
   *[other] enrolments
} taken back
programmes-flash-suspend = The family is suspended
programmes-flash-leave = The family has left the programme
programmes-flash-resume = The family is in again
programmes-flash-agency = { $name } is kept

error-programmes-fault-name = Give the programme's name
error-programmes-fault-name-next = As in the budget document.
error-programmes-fault-year = Give the budget year in four figures
error-programmes-fault-year-next = Such as 2026.
error-programmes-fault-fund = Choose the source of funds
error-programmes-fault-fund-next = It is printed on the payment list.
error-programmes-fault-ceiling = Give the ceiling in rupiah
error-programmes-fault-ceiling-next = Such as 3.000.000.000.
error-programmes-fault-ceiling-small = The ceiling is below the aid of one family in one stage
error-programmes-fault-ceiling-small-next = Check the ceiling or the prices.
error-programmes-fault-amount = Give the money per family per stage
error-programmes-fault-amount-next = Such as 1.500.000.
error-programmes-fault-items = Give at least one item
error-programmes-fault-items-next = Name, quantity, unit and unit price.
error-programmes-fault-item = Complete name, quantity, unit and price of each item
error-programmes-fault-item-next = Quantity and price must be above zero.
error-programmes-fault-item-row = Row { $row }: complete name, quantity (such as 7,5), unit and price (such as 14.500)
error-programmes-fault-item-row-next = Leave unused rows empty.
error-programmes-fault-stages = Give at least one stage
error-programmes-fault-stages-next = Such as Stage 1.
error-programmes-fault-account = Choose the account
error-programmes-fault-account-next = Such as 5.1.06.02.01.0001.
error-programmes-fault-account-aid = This account is for the other form of aid: a fifth part of 01 is money, 02 is goods
error-programmes-fault-account-aid-next = Choose the account that fits the form of aid.
error-programmes-fault-sub-activity = The sub-activity code cannot be read; write it like 1.06.05.2.02.0004
error-programmes-fault-sub-activity-next = Six parts; the fourth is 2 for a district.
error-programmes-fault-nip = A NIP has 18 figures
error-programmes-fault-nip-next = Leave it empty when there is none.
error-programmes-faulty = The description is incomplete.
error-programmes-faulty-next = Go back and complete it.
error-programmes-is-draft = The programme is a draft still.
error-programmes-is-draft-next = Activate the programme first.
error-programmes-is-active = The programme runs already.
error-programmes-is-active-next = Load the programme's page again.
error-programmes-is-closed = The programme is closed.
error-programmes-is-closed-next = Open it again with a reason where needed.
error-programmes-enrolment-state = The family's standing has changed meanwhile.
error-programmes-enrolment-state-next = Load the participant's page again.
error-programmes-over-ceiling = Over the ceiling: { $needed } is needed, the ceiling is { $ceiling }, { $lacking } is lacking; { $fits } { $fits ->
    [one] family
   *[other] families
} at most
error-programmes-over-ceiling-next = Enrol fewer families or give less, or raise the ceiling by the changed budget.
error-programmes-amount-in-use = { $events } { $events ->
    [one] delivery
   *[other] deliveries
} use this amount; it cannot be changed
error-programmes-amount-in-use-next = Make a new programme for another amount.
error-programmes-stage-in-use = { $name } has deliveries and cannot be taken away
error-programmes-stage-in-use-next = Leave it and change the stages after it.
error-programmes-events-open = { $events } { $events ->
    [one] delivery is
   *[other] deliveries are
} planned or open.
error-programmes-events-open-next = Close or call them off first.
error-programmes-nobody = Nobody on this decree is left to enrol
error-programmes-nobody-next = Choose another decree, or do not leave everybody out.
error-programmes-reason = Give the reason
error-programmes-reason-next = One sentence will do; it is kept in the journal.
error-programmes-reason-warned = Say why those who receive the like are enrolled all the same, or leave them out
error-programmes-reason-warned-next = One sentence will do.
error-programmes-built-upon = { $lines } delivery lines rest on this enrolment: { $events }.
error-programmes-built-upon-next = Call off deliveries that have not opened, or take families out one by one with a reason.
error-programmes-already-undone = This enrolment was taken back already.
error-programmes-already-undone-next = Load the programme's page again.
error-programmes-waiting-at-event = The family is awaited at { $event }.
error-programmes-waiting-at-event-next = Mark what happened there first.
error-programmes-place-passed-on = The family's place was passed on to a replacement.
error-programmes-place-passed-on-next = Take the replacement out first if that was wrong.
error-programmes-code-taken = Another agency has this code
error-programmes-code-taken-next = Choose another one.

journal-agency-added = Agency { $name } added
journal-agency-changed = Agency { $name } changed
journal-programme-created = Programme { $name } recorded
journal-programme-changed = Programme { $name } changed
journal-programme-opened = Programme { $name } { $name ->
    [one] run
   *[other] runs
}
journal-programme-closed = Programme { $name } closed
journal-enrolment-made = Enrolled in { $programme }
journal-enrolment-made-more = { $families } { $families ->
    [one] family
   *[other] families
} by decree { $decree }
journal-enrolment-undone = Enrolment in { $programme } taken back
journal-enrolment-suspended = Suspended from { $programme }
journal-enrolment-left = Left { $programme }
journal-enrolment-resumed = Back in { $programme }
programmes-enrol-gone = { $families } { $families ->
    [one] family is
   *[other] families are
} not enrolled: they left the district, were merged into another, or all members died.
programmes-enrol-died = { $families } { $families ->
    [one] recipient
   *[other] recipients
} named by the decree are recorded as having died. Their families are enrolled; settle who receives before the handover.
