# Delivery: board, officers' phone, invitations, closing, giving back, papers
delivery-sentence-none = No delivery yet; plan one from a programme with participants
delivery-sentence-quiet = No delivery is open; { $planned } are planned
delivery-sentence-unsettled = { $families } { $families ->
    [one] family was
   *[other] families were
} absent or failed and are undecided
delivery-sentence-open = { $count ->
    [one] { $count } delivery is open
   *[other] { $count } deliveries are open
 }, { $waiting } families are awaited; { $families } of earlier ones are undecided
delivery-empty = No delivery yet
delivery-empty-hint = A delivery hands one stage of a programme to families in chosen areas.
delivery-new = Plan a delivery
delivery-table = Deliveries
delivery-event = Delivery
delivery-when = Time and place
delivery-families = Families
delivery-paid = Received
delivery-paid-rp = Received (Rp)
delivery-progress = Progress
delivery-waiting = Awaited
delivery-unsettled = Undecided
delivery-bar-title = Progress of { $event }
delivery-event-planned = Planned
delivery-event-open = Open
delivery-event-closed = Closed
delivery-event-cancelled = Called off

delivery-board-planned = { $families } { $families ->
    [one] family
   *[other] families
} will receive { $amount } at { $place }
delivery-board-cancelled = This delivery was called off; its families can be planned again
delivery-board-wrong = The count does not add up: { $paid } of { $families } { $families ->
    [one] family
   *[other] families
} received, the parts are not the plan
delivery-board-all-marked = { $paid } of { $families } { $families ->
    [one] family has
   *[other] families have
} received; nobody is awaited and the rupiah add up
delivery-board-open = { $paid } of { $families } { $families ->
    [one] family has
   *[other] families have
} received; { $waiting } are awaited and the rupiah add up
delivery-board-unsettled = { $paid } of { $families } { $families ->
    [one] family
   *[other] families
} received; { $unsettled } who were absent or failed are undecided
delivery-board-settled = { $paid } of { $families } { $families ->
    [one] family
   *[other] families
} received; all { $unpaid } who were absent or failed are decided
delivery-board-everybody = All { $families } { $families ->
    [one] family
   *[other] families
} received
delivery-cap = { $unit } × { $families } { $families ->
    [one] family
   *[other] families
}
delivery-your-area = your area only
delivery-equation = Equation
delivery-plan = Plan
delivery-line-planned = Not served yet
delivery-line-received = Received
delivery-line-proxy = By proxy
delivery-line-absent = Absent
delivery-line-failed = Failed
delivery-line-reassigned = Reassigned
delivery-reassigned-detail = { $families } { $families ->
    [one] family
   *[other] families
}, { $paid } received by replacements
delivery-bar-whole = The plan of { $amount } by what became of it
delivery-bar-part = { $state } { $families } { $families ->
    [one] family
   *[other] families
}, { $amount }
delivery-adds-up = Difference Rp0 – adds up
delivery-differs = Difference { $amount }, { $families } { $families ->
    [one] family
   *[other] families
}: the parts are not the plan
delivery-cash-not-yet = The cash is recorded when the delivery opens.
delivery-cash = Cash from the treasurer { $brought } − paid { $paid } = left by Tuntas { $left }.
delivery-stock = Brought { $brought } − handed over { $paid } = left by Tuntas { $left }.
delivery-counted = Counted at { $at }: { $amount }, the same.
delivery-counted-differs = Counted at { $at }: { $amount }, difference { $difference }. { $note }
delivery-parcels = { $count ->
    [one] { $count } parcel
   *[other] { $count } parcels
 }
delivery-one-parcel = 1 parcel
delivery-count = Count the cash
delivery-count-goods = Count the parcels
delivery-papers = Papers
delivery-serve = Serve
delivery-close = Close the delivery
delivery-close-left = Close: { $families } left
delivery-areas = By area
delivery-area = Area
delivery-pace = Pace
delivery-pace-title = Served per 30 minutes
delivery-last = Served last
delivery-all-served = all { $count }
delivery-last-none = Nobody has been served yet
delivery-last-none-hint = Open it on an officer's phone, scan an invitation, mark what happened.
delivery-hour = Time
delivery-family = Family
delivery-recipient = Recipient
delivery-proof = Proof
delivery-officer = Officer
delivery-decide = To be decided
delivery-decide-absent = { $families } absent
delivery-decide-absent-detail = { $amount } · plan again or give back
delivery-decide-failed = { $families } failed
delivery-decide-paper = { $families } without a picture
delivery-decide-paper-detail = Make sure that the paper receipt is signed
delivery-decide-return = Give the rest back to the treasury
delivery-decide-return-goods = Give the remaining parcels back
delivery-decide-return-detail = { $amount } neither planned again nor given back
delivery-do-reschedule = Plan again
delivery-do-reschedule-instead = Plan again instead
delivery-do-check = Check
delivery-do-look = Look
delivery-do-return = Give back
delivery-returns = Given back to the treasury
delivery-returns-goods = Parcels given back
delivery-returns-none = None yet
delivery-who = Who is where
delivery-place = Place
delivery-place-hint = Such as the hall of the sub-district
delivery-officer-served = { $families } { $families ->
    [one] family
   *[other] families
}, last at { $at }
delivery-witnesses = Witnesses
delivery-witnesses-hint = Such as the sub-district head, the village head, a resident
delivery-instructions = Instructions
delivery-instructions-hint = Printed on the invitation
delivery-closed-at = Closed
delivery-close-note = Note on closing
delivery-find = Find a recipient
delivery-find-label = Invitation number, name or NIK
delivery-find-do = Find
delivery-find-hint = Or open it on an officer's phone and scan the invitation. The QR code holds a random number only, never a NIK.
delivery-open-head = Open the delivery
delivery-open = Open the delivery
delivery-brought = Cash received from the treasurer
delivery-brought-goods = Parcels brought to the place
delivery-brought-note = Explanation
delivery-brought-note-hint = Needed where it is not what is planned
delivery-replacements-unpaid = did not receive { $count }
delivery-not-received = Did not receive
delivery-brought-hint = What is left is counted from this. Once open, the list no longer shrinks.
delivery-cancel = Call the plan off
delivery-cancel-why = Reason for calling it off

delivery-lines = List of recipients
delivery-lines-sentence = { $families } { $families ->
    [one] family
   *[other] families
} { $what }
delivery-lines-all = in this delivery
delivery-lines-replacements = in the place of another
delivery-replacements = Replacements
delivery-lines-paper = received without a picture
delivery-all-lines = All
delivery-by-state = By outcome
delivery-by-settlement = Who did not receive
delivery-by-village = By village
delivery-settlement-open = Undecided
delivery-settlement-rescheduled = Planned again
delivery-settlement-returned = Given back
delivery-lines-none = Nobody fits
delivery-lines-none-hint = Check the spelling or loosen the filter.
delivery-number-head = Invitation
delivery-search-sentence = { $families ->
    [one] { $families } family fits
   *[other] { $families } families fit
 }
delivery-by-self = the head
delivery-by-member = proxy: { $relation }, same card
delivery-by-attorney = proxy: letter { $letter }
delivery-by-replacement = reassigned: minutes { $minutes }
delivery-not-there = absent
delivery-relation-head = head of family
delivery-relation-spouse = spouse
delivery-relation-child = child
delivery-relation-other = other member
delivery-fail-id-mismatch = Identity card does not match
delivery-fail-moved = Moved away
delivery-fail-deceased = Deceased
delivery-fail-refused = Refused
delivery-fail-account = Account or card unusable
delivery-fail-goods = Goods damaged or short
delivery-fail-other = Other
delivery-proof-photo = photo
delivery-proof-signature = signature
delivery-proof-thumb = thumb print
delivery-proof-paper = paper receipt
delivery-picture-handover_photo = Photo of the handover
delivery-picture-handover_signature = Signature of the recipient
delivery-picture-handover_thumb = Photo of the thumb print
delivery-picture-handover_paper = Paper receipt

delivery-back = Back
delivery-back-board = Back to the board
delivery-scan-sentence = Scan an invitation; { $families } { $families ->
    [one] family is
   *[other] families are
} awaited
delivery-scan-not-open = This delivery is not open
delivery-scan-hint = If the code cannot be read, type the number below it
delivery-found-none = No recipient fits
delivery-found-none-hint = Check the number. Who is not on the list cannot be paid; note it and tell the coordinator.
delivery-invitation = Invitation
delivery-standing-waiting = On the list, not received yet
delivery-standing-not-open = The delivery is not open yet
delivery-standing-closed = The delivery is closed
delivery-standing-paid = Received at { $at }, from { $by }
delivery-standing-absent = Absent at { $at }, noted by { $by }
delivery-standing-failed = Failed at { $at }, noted by { $by }
delivery-standing-reassigned = Reassigned at { $at }, by { $by }
delivery-age = { $age } { $age ->
    [one] year
   *[other] years
}
delivery-nik-ends = NIK ends in
delivery-head-now = By the data of now { $name } { $name ->
    [one] head
   *[other] heads
} the family. Compare with the family card.
delivery-to-pay = To be paid
delivery-to-give = To be handed over
delivery-note = Note
delivery-compare = Compare with the identity card, then choose:
delivery-do-receive = Receives in person
delivery-do-proxy = Proxy of the card
delivery-do-fail = Cannot be paid
delivery-do-absent = Absent
delivery-do-reassign = Reassign
delivery-next-step = Next: proof of the handover. One is enough: photo, signature, thumb print or receipt sheet
delivery-proof-one = Photo, signature or thumb print: one proof is required, more are better.
delivery-who-receives = Who receives?
delivery-who-receives-hint = A member of the same family card, aged 17 or more, with identity and family card
delivery-member-hint = { $relation }, { $age } { $age ->
    [one] year
   *[other] years
}
delivery-member-nik = { $hint }, NIK ends in { $end }
delivery-attorney-choice = Somebody else with a power of attorney
delivery-attorney-choice-hint = Give name and number of the letter below
delivery-attorney-open = Power of attorney
delivery-attorney-name = Name of the attorney
delivery-attorney-letter = Number or date of the letter
delivery-photo = Photo of the recipient with the aid
delivery-photo-hint = Face, identity card and aid can be seen
delivery-signature = Signature of the recipient
delivery-thumb = Photo of the thumb print
delivery-thumb-hint = Where a signature is not possible
delivery-paper = Has signed the paper receipt
delivery-position = Position
delivery-position-hint = May be left out
delivery-hand-over = Hand over { $what }
delivery-fail-why = Why can it not be paid?
delivery-fail-note = Needed with Other
delivery-fail-save = Note as failed
delivery-absent-hint = Only where the family will certainly not come. Whoever is left is marked together on closing.
delivery-absent-save = Note as absent
delivery-next = Scan the next one
delivery-undo = Take this mark back
delivery-undo-why = Reason for taking it back
delivery-undo-hint = Kept on the family's timeline
delivery-link-to = Continues at invitation { $number }
delivery-link-from = Comes from invitation { $number }
delivery-reassign-sentence = Who takes the place of { $name }?
delivery-reassign-hint = The place in the programme passes to the replacement by minutes. The first family leaves the programme.
delivery-minutes = Number of the minutes
delivery-minutes-hint = Such as 12/BA/2026
delivery-reserve = Reserve by the decree
delivery-reserve-hint = The same village first, by rank
delivery-reserve-none = This decree has no reserve. Find a family in the same village.
delivery-family-find = Find a family's name in the same village
delivery-family-found = Families that fit
delivery-family-none = No family fits, or all have been in this programme.
delivery-candidate-hint = { $address }; { $members } { $members ->
    [one] member
   *[other] members
}
delivery-candidate-refused = Was told it is not served: tell it anew
delivery-candidate-referred = Was handed to another agency: tell that agency
delivery-candidate-rank = Rank { $rank }. { $hint }
delivery-reassign-do = Reassign and serve the replacement

delivery-plan-none = No running programme has participants yet
delivery-plan-none-title = Nothing can be delivered yet
delivery-plan-none-hint = Activate a programme and enrol families from a decree first.
delivery-plan-choose = Choose the programme to deliver
delivery-plan-choice = { $agency } · { $families } { $families ->
    [one] family
   *[other] families
} · { $stages } { $stages ->
    [one] stage
   *[other] stages
}
delivery-plan-pick = Choose
delivery-plan-nobody = Nobody is left for { $stage }
delivery-plan-nobody-title = All families of this stage are planned
delivery-plan-nobody-hint = Absentees can be planned again as long as their money was not given back.
delivery-plan-sentence = { $families } { $families ->
    [one] family waits
   *[other] families wait
} to be planned for { $stage }
delivery-plan-again = { $families } { $families ->
    [one] family
   *[other] families
} who were absent or failed are planned again
delivery-plan-name = { $programme } – { $stage }
delivery-plan-name-again = { $programme } – { $stage }, again
delivery-return-future = The date of the return must not lie in the future
delivery-plan-instructions = Bawa undangan ini, KTP asli, dan Kartu Keluarga asli. Bila berhalangan, diwakili anggota satu KK, atau orang lain dengan surat kuasa.
delivery-plan-whom = For whom
delivery-plan-areas-hint = Tick a sub-district for all its villages, or open it and choose villages.
delivery-plan-kecamatan = Kec. { $name }: { $families } { $families ->
    [one] family
   *[other] families
}
delivery-plan-villages = { $count } { $count ->
    [one] village
   *[other] villages
}
delivery-plan-of-them-again = { $families } of them absent before
delivery-plan-where = Where and when
delivery-plan-event-name = Name of the delivery
delivery-plan-day = Day
delivery-plan-hour = Begins at
delivery-plan-hour-hint = Such as 08.00
delivery-plan-do = Save the plan

delivery-count-sentence = By the record { $left } should be left
delivery-close-sentence = Everybody is marked; count the rest: { $left } should be left
delivery-close-waiting = { $families } { $families ->
    [one] family is
   *[other] families are
} not marked; count the rest, then close
delivery-count-head = Cash at the place
delivery-count-head-goods = Parcels at the place
delivery-was-brought = Brought
delivery-was-paid = Handed over
delivery-should-be = Should be left
delivery-rest-absent = Mark the { $families } { $families ->
    [one] family
   *[other] families
} left as absent
delivery-rest-absent-hint = One step for all; they can be planned again.
delivery-counted-cash = Cash counted
delivery-counted-goods = Parcels counted
delivery-count-note = Explanation
delivery-count-note-hint = Needed where the count differs
delivery-count-save = Save the count
delivery-counts = Earlier counts
delivery-counts-none = Never counted yet
delivery-counted-head = Counted
delivery-difference = Difference

delivery-return = Give back to the treasury
delivery-return-goods = Give parcels back
delivery-return-sentence = { $amount } for { $families } { $families ->
    [one] family
   *[other] families
} must be given back or planned again
delivery-return-sentence-goods = { $amount } for { $families } { $families ->
    [one] family
   *[other] families
} must be given back or planned again
delivery-return-none = Nothing is left to give back
delivery-return-of = { $state }: { $families } { $families ->
    [one] family
   *[other] families
}, { $amount }
delivery-return-whose = Whose part
delivery-return-whose-hint = Once given back, these families are not planned again for this stage.
delivery-return-sts = Number of the STS
delivery-return-sts-hint = The bank's transfer slip
delivery-return-minutes = Number of the minutes
delivery-return-number = Number
delivery-return-on = Day
delivery-return-amount = Amount given back
delivery-return-amount-hint = Must equal the parts ticked
delivery-return-parcels = Parcels given back
delivery-return-slip = Scan of the slip
delivery-return-slip-hint = PDF or photo, may follow
delivery-return-do = Record it

delivery-papers-sentence = Print the papers of { $event } for { $families } { $families ->
    [one] family
   *[other] families
}
delivery-paper-make = Print a paper
delivery-paper-kind = Paper
delivery-paper-daftar-nominatif = Payment list
delivery-paper-daftar-nominatif-hint = With page sums and amounts in words
delivery-paper-undangan = Invitations
delivery-paper-undangan-hint = Two a sheet, with QR codes; only those not served
delivery-paper-tanda-terima = Receipt sheets
delivery-paper-tanda-terima-hint = Signatures left and right in turn
delivery-paper-bast = Handover minutes
delivery-paper-bast-hint = With the recipients annexed
delivery-paper-laporan-realisasi = Realisation report
delivery-paper-laporan-realisasi-hint = Ceiling, spending, the equation of each delivery, money given back
delivery-paper-rekap = Recap by sub-district and village
delivery-paper-rekap-hint = Candidates, verified, eligible, determined, served, unanswered
delivery-paper-number = Number of the letter
delivery-paper-number-hint = May be empty: written by hand
delivery-paper-all-areas = All areas
delivery-paper-village = { $name }: { $families } { $families ->
    [one] family
   *[other] families
}
delivery-paper-numbers = These invitations only
delivery-paper-numbers-hint = Such as 1-50, 77. Empty: all
delivery-paper-size = Sheet
delivery-paper-f4 = F4
delivery-paper-a4 = A4
delivery-paper-format = Format
delivery-format-pdf = PDF
delivery-format-xlsx = XLSX
delivery-paper-do = Print
delivery-paper-logged = NIKs are printed in full; printing is kept in the journal.
delivery-papers-kept = Papers kept
delivery-papers-none = None yet
delivery-papers-none-hint = Long papers are kept here once made; short ones are downloaded at once.
delivery-download = Download

delivery-flash-planned = { $name } is planned
delivery-flash-opened = The delivery is open; officers can serve
delivery-flash-cancelled = The plan is called off
delivery-flash-received = { $what } handed to { $name }
delivery-flash-proxy = { $what } handed to the proxy of { $name }
delivery-flash-absent = { $name } noted as absent
delivery-flash-failed = { $name } noted as failed
delivery-flash-already = { $by } was first; nothing has changed
delivery-flash-undone = The mark is taken back; the family is awaited again
delivery-flash-reassigned = Reassigned. Now serve the replacement
delivery-flash-counted = The count is kept
delivery-flash-closed = The delivery is closed; { $absent } marked as absent
delivery-flash-returned = Recorded

error-delivery-is-planned = The delivery is not open yet.
error-delivery-is-planned-next = Ask the office to open it on the board.
error-delivery-is-open = The delivery is open.
error-delivery-is-open-next = Close it first.
error-delivery-is-closed = The delivery is closed.
error-delivery-is-closed-next = Absentees can be planned for a further delivery.
error-delivery-is-cancelled = The delivery was called off.
error-delivery-is-cancelled-next = See the list of deliveries.
error-delivery-programme = The programme of this delivery does not run.
error-delivery-programme-next = Activate the programme first.
error-delivery-nobody = Nobody is left for this stage and these areas
error-delivery-nobody-next = Choose other areas or another stage.
error-delivery-changed = The list changed at the same moment.
error-delivery-changed-next = Nothing was kept. Load the page again and retry.
error-delivery-no-proof = Take a photo, a signature or a thumb print, or tick the paper receipt
error-delivery-no-proof-next = One proof is enough.
error-delivery-proxy-outside = This proxy is not on the same family card
error-delivery-proxy-outside-next = Choose another member or a power of attorney.
error-delivery-proxy-young = A proxy must be 17 or older
error-delivery-proxy-young-next = Choose another member or a power of attorney.
error-delivery-attorney = Give the attorney's name and the number of the letter
error-delivery-attorney-next = Keep the letter with the receipts.
error-delivery-reason = Give the reason
error-delivery-reason-next = One sentence will do.
error-delivery-nothing-to-undo = There is no mark to take back.
error-delivery-nothing-to-undo-next = Load the family's card again.
error-delivery-rescheduled = The family has been planned again.
error-delivery-rescheduled-next = Call that plan off first.
error-delivery-returned = The family's part was given back to the treasury.
error-delivery-returned-next = That is not undone here; talk to the treasurer.
error-delivery-replacement-served = The replacement has received.
error-delivery-replacement-served-next = Take back the mark of the replacement first.
error-delivery-minutes = Give the number of the minutes
error-delivery-minutes-next = A replacement rests on minutes.
error-delivery-replacement-replaced = This family is a replacement already.
error-delivery-replacement-replaced-next = Note it as failed and plan it again.
error-delivery-replacement-enrolled = That family has been in this programme
error-delivery-replacement-enrolled-next = Choose another family.
error-delivery-replacement-blocked = That family moved, dissolved, or its data block it
error-delivery-replacement-blocked-next = Correct the data first or choose another family.
error-delivery-waiting = { $families } { $families ->
    [one] family is
   *[other] families are
} not marked; tick to mark them all as absent
error-delivery-waiting-next = Or serve those who are there first.
error-delivery-outside-area = Part of this delivery is outside your area.
error-delivery-outside-area-next = Ask the office to open, close or give back.
error-delivery-count-differs = Counted { $counted }, should be { $expected }: explain the difference
error-delivery-count-differs-next = Count once more, then explain.
error-delivery-counted-unreadable = Give a number, such as 91.500.000
error-delivery-counted-unreadable-next = Without letters.
error-delivery-nothing-to-return = There is nothing to give back
error-delivery-nothing-to-return-next = Tick absent or failed families that are undecided.
error-delivery-return-differs = It must be { $due }, not { $typed }
error-delivery-return-differs-next = Make it equal to the parts ticked.
error-delivery-number = Give the number
error-delivery-number-next = It is printed on the slip.
error-delivery-brought-differs = Brought { $brought }, but { $planned } is planned: explain the difference
error-delivery-brought-differs-next = Count once more, then write why.
error-delivery-brought = Give what was brought as a number
error-delivery-brought-next = Such as 1.740.000.000.
error-delivery-plan-time = Give the hour, such as 08.00
error-delivery-plan-time-next = From 00.00 to 23.59.
error-delivery-plan-areas = Choose at least one area
error-delivery-plan-areas-next = Tick sub-districts or villages.
error-delivery-fail-choose = Choose the reason
error-delivery-fail-choose-next = Choose one.
error-delivery-member-choose = Choose who receives
error-delivery-member-choose-next = Choose one.
error-delivery-family-choose = Choose the family
error-delivery-family-choose-next = From the reserve or from what was found.
error-delivery-photo-unreadable = The photo cannot be read; take it again
error-delivery-photo-unreadable-next = JPEG or PNG.
error-delivery-slip-unreadable = The slip is neither a PDF nor a photo.
error-delivery-slip-unreadable-next = Scan it as PDF, JPEG or PNG.
error-delivery-paper-choose = Choose the paper
error-delivery-paper-choose-next = Choose one.
error-delivery-paper-numbers = Write it like 1-50, 77
error-delivery-paper-numbers-next = Invitation numbers, with commas.
error-delivery-paper-nobody = No family fits this choice.
error-delivery-paper-nobody-next = Change the area or the numbers.
error-delivery-paper-nobody-paid = Nobody has received yet, so nothing was handed over.
error-delivery-paper-nobody-paid-next = Print the minutes once somebody has.

journal-event-planned = Planned to receive at { $event }
journal-event-planned-more = { $programme }
journal-event-opened = { $event }: delivery opened
journal-event-cancelled = Plan of { $event } called off
journal-event-counted = Rest of { $event } counted { $counted }, should be { $expected }
journal-event-closed = { $event }: delivery closed, { $paid } received
journal-event-returned = Part at { $event } given back, { $number }
journal-delivery-received = Received { $programme }, { $stage }
journal-delivery-received-more = { $event }
journal-delivery-proxy = Received { $programme }, { $stage }, by proxy
journal-delivery-proxy-more = { $event }
journal-delivery-absent = Absent at { $event }
journal-delivery-failed = Failed to receive at { $event }
journal-delivery-reassigned = Part at { $event } reassigned, minutes { $minutes }
journal-delivery-replaces = Became replacement at { $event }, minutes { $minutes }
journal-delivery-undone = Mark at { $event } taken back
journal-delivery-printed = Paper { $paper } printed: { $event }
delivery-missed = Last ones not served
delivery-result = Result
delivery-beware-died = This recipient is recorded as having died ({ $date }). Hand over to an heir only, with minutes, or reassign.
delivery-beware-moved = This family is recorded as having left the district ({ $date }). Make sure before handing over.
delivery-beware-dissolved = This family is recorded as merged into another ({ $date }). Make sure before handing over.
delivery-beware-deceased = All members of this family are recorded as having died ({ $date }). Do not hand over without minutes.
delivery-plan-gone = { $families } { $families ->
    [one] participant is
   *[other] participants are
} not invited: their families left the district, were merged into another, or all members died.
