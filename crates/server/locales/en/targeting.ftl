# Targeting: rule, ranking, decree, answers, referrals

# Words
targeting-billion = Rp{ $amount } billion
targeting-million = Rp{ $amount } million
targeting-of = { $part } / { $whole }
targeting-families = { $count ->
    [one] { $count } family
   *[other] { $count } families
  }
targeting-at-most-families = { $count ->
    [one] at most { $count } family
   *[other] at most { $count } families
  }
targeting-name = Name of the determination
targeting-next = Next step
targeting-standing = Standing
targeting-chosen = Chosen
targeting-ranked = Ranked
targeting-amount = Amount
targeting-decree = Decree
targeting-not-signed = not yet
targeting-rank = Rank
targeting-head = Head of family
targeting-place = Village, kecamatan
targeting-village = Village
targeting-subdistrict = Kecamatan
targeting-address = Address
targeting-score = Score
targeting-why = Reason
targeting-why-here = Why here
targeting-members-count = Members
targeting-members-short = People
targeting-round = Verification round
targeting-list = List
targeting-programme = Programme
targeting-sub-activity = Sub-activity
targeting-fund = Source of funds
targeting-points = Points
targeting-sum = Sum
targeting-criterion = Criterion
targeting-reason = Reason
targeting-what = What
targeting-all = All
targeting-unknown = not in the list
targeting-cancel = Cancel
targeting-the-office = The office
targeting-by-on = { $name }, { $date }

# Needs, members, conditions, livelihoods, aid
targeting-need-rlh = house not fit to live in
targeting-need-air = no clean water
targeting-need-jamban = no toilet of their own
targeting-need-listrik = no electricity of their own
targeting-need-bekerja = nobody works
targeting-need-sekolah = a child out of school
targeting-need-stunting = a child at risk of stunting
targeting-need-disabilitas = needs of a disability
targeting-members-member = each member
targeting-members-dependant = each dependant (under 18, or 60 and over; not the head)
targeting-members-under-five = each child under five
targeting-members-school-age = each child aged 7 to 18
targeting-members-elderly = each elderly member (60 and over)
targeting-members-disabled = each disabled member
targeting-members-ill = each chronically ill member
targeting-part-desil = decile { $desil }
targeting-part-member = { $count ->
    [one] { $count } member
   *[other] { $count } members
  }
targeting-part-dependant = { $count ->
    [one] { $count } dependant
   *[other] { $count } dependants
  }
targeting-part-under-five = { $count ->
    [one] { $count } child under five
   *[other] { $count } children under five
  }
targeting-part-school-age = { $count ->
    [one] { $count } child of school age
   *[other] { $count } children of school age
  }
targeting-part-elderly = { $count } elderly
targeting-part-disabled = { $count } disabled
targeting-part-ill = { $count } chronically ill
targeting-condition-female-head = woman heads the family
targeting-condition-elderly-alone = elderly living alone
targeting-condition-earth-floor = earth floor
targeting-condition-not-own-house = house rented or lent
targeting-condition-head-without-work = head without work
targeting-livelihood-fisher = fishers and fish farmers
targeting-livelihood-farmer = farmers and herders
targeting-livelihood-trader = traders
targeting-livelihood-casual = casual workers
targeting-livelihood-none = without work
targeting-livelihood-other = other work
targeting-aid-aid-pkh = PKH
targeting-aid-aid-bpnt = BPNT
targeting-aid-aid-sembako = national Sembako
targeting-aid-aid-bst = BST
targeting-aid-aid-bpum = BPUM
targeting-aid-aid-prakerja = Prakerja
targeting-aid-aid-kur = KUR
targeting-aid-blt-dd = village-fund cash (BLT DD)
targeting-aid-district = other district aid
targeting-kind-food = food
targeting-kind-cash = cash
targeting-kind-education = education
targeting-kind-health = health
targeting-kind-housing = housing
targeting-kind-livelihood = livelihood
targeting-kind-disability = disability
targeting-kind-clothing = clothing
targeting-kind-other = other needs
targeting-own-programmes = { $count ->
    [one] { $count } programme of the office
   *[other] { $count } programmes of the office
  }
targeting-programmes-of-kind = the office's programmes for { $kind }

# The rule in words
targeting-rule = Rule
targeting-criteria = Criteria
targeting-criteria-count = { $count ->
    [one] { $count } criterion
   *[other] { $count } criteria
  }
targeting-criteria-hint = Empty gives no points
targeting-most-points = at most { $points } { $points ->
    [one] point
   *[other] points
}
targeting-desil = Decile
targeting-desil-gives = decile { $desil } = { $points }
targeting-measure-need = when the visit found it
targeting-measure-members = { $points } { $points ->
    [one] point
   *[other] points
} each, for at most { $most }
targeting-measure-condition = when the visit found it so
targeting-needs-found = Needs the visit found
targeting-per-member = Per member
targeting-at-most = at most
targeting-conditions = Conditions of the family
targeting-members = Members
targeting-livelihood = Livelihood
targeting-tie-more-dependants = More dependants
targeting-tie-more-members = More members
targeting-tie-lower-desil = Lower decile
targeting-tie-more-needs = More needs
targeting-tie-more-under-five = More children under five
targeting-tie-more-elderly = More elderly members
targeting-tie-earlier-visit = Visited earlier
targeting-tie-earlier-registered = Registered earlier
targeting-ties = Equal scores are decided by { $ties }, at last by who was registered earlier.
targeting-ties-none = Equal scores are decided by who was registered earlier.
targeting-then = , then{" "}
targeting-ties-title = When scores are equal
targeting-ties-hint = in this order; at last always who was registered earlier
targeting-tie-place = Decider { $place }
targeting-no-tie = Not used
targeting-receiving-title = When the like is already received
targeting-treatment = Such a family
targeting-treatment-exclude = Is not ranked
targeting-treatment-warn = Is ranked, with a warning
targeting-aids = Aid told by lists and visits
targeting-kinds = The office's programmes for
targeting-receiving-exclude = Families that already receive { $aids } are not ranked.
targeting-receiving-warn = Families that already receive { $aids } are ranked with a warning.
targeting-receiving-nothing = Other aid received is not looked at.
targeting-quota = Quota
targeting-quota-by-money = as many as the ceiling pays for
targeting-ceiling = Ceiling
targeting-per-family = Per family
targeting-spread = Spread of the quota
targeting-spread-nowhere = one ranking for the whole district
targeting-spread-subdistricts = by kecamatan, in proportion to families ranked
targeting-spread-villages = by village, in proportion to families ranked
targeting-each-village = Limit of each village
targeting-village-name = Desa { $name }
targeting-subdistrict-name = Kec. { $name }

# Reasons of a place
targeting-why-score = chosen by score
targeting-why-placed = placed by a person
targeting-why-quota-village = village quota full
targeting-why-quota-subdistrict = kecamatan quota full
targeting-why-quota-total = quota full
targeting-why-ceiling = money does not reach
targeting-why-tie = behind on an equal score
targeting-excluded-moved-or-dead = Moved or died
targeting-excluded-not-verified = No result of a visit yet
targeting-excluded-not-fit = Visit: not eligible
targeting-excluded-village-removed = Removed by the village
targeting-excluded-nik-blocked = NIK blocked
targeting-excluded-already-receives = Already receives the like
targeting-excluded-manual = Taken out by a person
targeting-next-moved-or-dead = by the registry or by the visit
targeting-next-not-verified = finish the visits, then rank again
targeting-next-not-fit = the reason of each family stands with its visit
targeting-next-village-removed = the reason stands in the village minutes
targeting-next-nik-blocked = put it right first, then join the next stage
targeting-next-already-receives = the rule allows no double aid
targeting-next-manual = the reason is recorded with the person's name
targeting-state-selected = chosen
targeting-state-reserve = reserve
targeting-state-excluded = not ranked
targeting-reserve-number = reserve { $number }
targeting-no-points = No points from any criterion
targeting-placed-because = Placed by a person: { $reason }
targeting-village-full-but = Village quota full; { $parts }
targeting-subdistrict-full-but = Kecamatan quota full; { $parts }
targeting-lost-more-dependants = Equal score; { $own } { $own ->
    [one] dependant
   *[other] dependants
}, the last one chosen { $other }
targeting-lost-more-members = Equal score; { $own } { $own ->
    [one] member
   *[other] members
}, the last one chosen { $other }
targeting-lost-lower-desil = Equal score; decile { $own }, the last one chosen { $other }
targeting-lost-more-needs = Equal score; { $own } needs, the last one chosen { $other }
targeting-lost-more-under-five = Equal score; { $own } children under five, the last one chosen { $other }
targeting-lost-more-elderly = Equal score; { $own } elderly, the last one chosen { $other }
targeting-lost-earlier-visit = Equal score; visited { $own }, the last one chosen { $other }
targeting-lost-earlier-registered = Equal score; the last one chosen was registered earlier
targeting-receives = Already receives { $aid }

# List of determinations
targeting-list-none = { $rounds ->
    [0] No verification round can be determined yet
    [one] No determination yet; one verification round is ready
   *[other] No determination yet; { $rounds } verification rounds are ready
  }
targeting-list-sentence = { $unanswered ->
    [0] { $signed } signed, { $proposed } waiting for a signature, { $open } being drafted
   *[other] { $signed } signed, { $proposed } waiting for a signature, { $open } being drafted; { $unanswered } families without an answer
  }
targeting-list-chosen = { $selected } of { $eligible }
targeting-determination-draft = being drafted
targeting-determination-proposed = proposed
targeting-determination-returned = returned
targeting-determination-signed = signed
targeting-next-draft = Examine and propose
targeting-next-returned = Put right and propose again
targeting-next-proposed = Waits for the head, { $days } { $days ->
    [one] day
   *[other] days
}
targeting-next-sign = Examine and decide, { $days } { $days ->
    [one] day
   *[other] days
}
targeting-next-answer = Answer { $count } { $count ->
    [one] family
   *[other] families
}
targeting-next-done = Done
targeting-new = New determination
targeting-empty = No determination yet
targeting-empty-hint = A determination starts from a verification round that has results.
targeting-empty-no-round = No results of visits yet
targeting-empty-no-round-hint = Finish a verification round first; its families can then be ranked.

# New determination
targeting-new-sentence = { $verified ->
    [0] No family can be determined yet
   *[other] { $verified } verified families are ready to be ranked
  }
targeting-name-hint = For example: Local food parcel 2026, stage 4
targeting-round-hint = { $verified } of { $families } { $families ->
    [one] family has
   *[other] families have
} a result · { $list } · { $state }
targeting-round-open = still open
targeting-round-closed = closed
targeting-programme-choose = Ceiling, value per family and the rule on the like are taken from the programme.
targeting-programme-hint = { $agency } · { $left } left · { $unit } per family
targeting-families-hint = Empty: as many as the ceiling pays for
targeting-unit-hint = Empty: as the programme says, all stages
targeting-unit-short-hint = All stages
targeting-ceiling-hint = Not beyond what the programme has left
targeting-create = Make and rank
targeting-created = Made, and ranked by the criteria used last. Examine the rule before you propose.
targeting-how = How it goes
targeting-how-1 = The verified families are ranked by the office's criteria; those not ranked are told why.
targeting-how-2 = You try a rule and see what it leads to before you save it.
targeting-how-3 = The head of office examines, then signs or returns it.
targeting-how-4 = After the decree, every family that was not chosen gets an answer.

# Page of a determination
targeting-draft-number = Draft { $number }
targeting-signed-decree = Decree
targeting-sentence = { $selected } { $selected ->
    [one] family
   *[other] families
} chosen of { $eligible } ranked
targeting-sentence-money = { $selected } { $selected ->
    [one] family
   *[other] families
} chosen of { $eligible } ranked; { $left } is left
targeting-sentence-nobody = Nobody chosen of { $eligible } { $eligible ->
    [one] family
   *[other] families
} ranked
targeting-sentence-signed = { $unanswered ->
    [0] { $selected } families determined for { $amount }; all others have their answer
   *[other] { $selected } families determined for { $amount }; { $unanswered } others wait for an answer
  }
targeting-edit-rule = Change the rule
targeting-propose = Propose to the head of office
targeting-proposed = Proposed to the head of office.
targeting-waits-for-head = { $days ->
    [0] Waits for the head since today
    [one] Waits for the head, { $days } day
   *[other] Waits for the head, { $days } days
  }
targeting-examine = Examine & decide
targeting-open-decree = Open the decree
targeting-answer-them = Answer { $count } { $count ->
    [one] family
   *[other] families
}
targeting-was-returned = Returned by the head of office:
targeting-was-returned-next = Change the rule or rank again; then it can be proposed again.
targeting-view-cut = Ranking around the cut line
targeting-view-top = Ranking from the top
targeting-view-subdistricts = Chosen by kecamatan
targeting-link-cut = cut line
targeting-link-top = from the top
targeting-link-subdistricts = by kecamatan
targeting-link-download = download
targeting-find = Find in the ranking
targeting-find-name = Name or KK number
targeting-all-subdistricts = All kecamatan
targeting-all-states = All standings
targeting-clear-filter = Clear the filter
targeting-in-round = In the round
targeting-share = Share
targeting-last-score = Last score
targeting-lines-shown = { $count ->
    [one] { $count } family
   *[other] { $count } families
  }
targeting-nobody-found = No family fits
targeting-nobody-found-hint = Loosen the filter, or check how the name is spelt.
targeting-nobody-ranked = No family is ranked
targeting-nobody-ranked-hint = See the reasons beside: no family of this round takes part.
targeting-order-needs-reason = Changing the order needs a reason and is recorded.
targeting-cut-quota = Cut line: quota of { $count } { $count ->
    [one] family
   *[other] families
}
targeting-cut-other = Cut line: { $count } { $count ->
    [one] family
   *[other] families
} chosen
targeting-cut-money = { $amount } of the ceiling { $ceiling }
targeting-quota-and-ceiling = Quota and ceiling
targeting-families-word = Families
targeting-money-word = Rupiah
targeting-unit-stages = ({ $unit } x { $stages } { $stages ->
    [one] stage
   *[other] stages
})
targeting-unit-goods = worth of goods
targeting-left-word = Left
targeting-left = { $more ->
    [0] { $left }, not enough for one more family
    [one] { $left } = { $more } more family
   *[other] { $left } = { $more } more families
  }
targeting-try-quota = Try another quota
targeting-not-ranked = Not ranked: { $count }
targeting-not-ranked-why = Why families are not ranked
targeting-everybody-ranked = Every family of this round is ranked.
targeting-adds-up = { $candidates } in the round = { $eligible } ranked + { $excluded } not ranked
targeting-spread-title = Spread of those chosen
targeting-other-subdistricts = { $count } other kecamatan
targeting-rank-again = Rank again
targeting-ranked-again = Ranked again with the data of now.
targeting-ranked-when = Ranked { $time }
targeting-will-freeze = Once signed, the annex freezes names, NIK, addresses and scores. Later changes need another decree. The ranking can be repeated by the same rule and must come out the same.
targeting-frozen = Signed: names, addresses, scores and reasons on this page stay as they were at the signing.
targeting-sheet = Ranking

# Rule
targeting-rule-sentence = The highest score possible is { $most } { $most ->
    [one] point
   *[other] points
}
targeting-own-numbers = Quotas of single kecamatan or villages
targeting-own-villages = Single villages
targeting-own-villages-hint = One line a village: code, space, families. For example: 99.01.02.2001 20
targeting-each-village-hint = Empty: no limit
targeting-save-rule = Save the rule
targeting-try = Try
targeting-revised = The rule is saved and the ranking made anew.
targeting-consequences = What it leads to
targeting-now-stands = Now { $selected } chosen of { $eligible } ranked.
targeting-try-hint = Change points or quotas; what they lead to appears here.
targeting-try-faulty = { $count ->
    [one] { $count } field must be put right before it can be tried.
   *[other] { $count } fields must be put right before it can be tried.
  }
targeting-tried-same = { $selected } chosen; the same families as now
targeting-tried-sentence = { $selected } chosen; { $entering } enter, { $leaving } leave
targeting-from-to = { $from } becomes { $to }
targeting-entering = Enter
targeting-leaving = Leave
targeting-and-more = and { $count } more
targeting-nothing-written = Nothing is saved yet.
targeting-fault-points = Give points from 0 to 1000, for example 12.5
targeting-fault-villages = The line "{ $line }" cannot be read: write code, space, families
targeting-fault-no-points = Give points to at least one criterion
targeting-fault-tie-twice = "{ $tie }" decides twice
targeting-fault-no-limit = Give a quota or a ceiling
targeting-fault-no-unit = Give the value per family
targeting-fault-ceiling-below-unit = The ceiling does not pay for one family
targeting-fault-beyond-programme = The programme has only { $left } left

# Why this family
targeting-family-selected = { $name } is chosen at rank { $rank } with a score of { $score }
targeting-family-reserve = { $name } is reserve { $number }, rank { $rank } with a score of { $score }: { $why }
targeting-family-excluded = { $name } is not ranked: { $why }
targeting-needed-selected = The score is high enough within quota and ceiling.
targeting-needed-points = Because: { $limit }. { $gap } { $gap ->
    [one] point
   *[other] points
} short of the last one chosen (rank { $rank }, score { $cut }).
targeting-needed-tie = Because: { $limit }. { $tie }.
targeting-needed-none = Because: { $limit }.
targeting-score-of = Score { $score } of at most { $most }
targeting-chart-title = Score by criterion
targeting-chart-cut = cut { $score }
targeting-as-table = See the table
targeting-neighbours = Around it
targeting-looked-at = What was looked at
targeting-looked-at-source = Decile from { $list }; findings from { $round }.
targeting-none-found = none
targeting-visited-on = Visited
targeting-as-signed = By decree { $number } of { $date }, as it was at the signing.
targeting-open-family = Page of the family
targeting-answer-title = What this family was told
targeting-refused-word = Refused
targeting-referred-word = Handed to { $agency }
targeting-by-hand = Decided by a person
targeting-by-hand-place = Placed at rank { $place }
targeting-by-hand-out = Taken out of the ranking
targeting-choice-undo = Let the rule decide
targeting-change-order = Change the order
targeting-change-order-hint = Quota and ceiling still hold. Your name and the reason are recorded and seen by the head of office.
targeting-what-to-do = What to do
targeting-act-place = Place at a rank
targeting-act-exclude = Take out of the ranking
targeting-place-rank = Rank
targeting-change-order-do = Change
targeting-chosen-place = The family is placed; ranked again.
targeting-chosen-exclude = The family is taken out; ranked again.
targeting-chosen-undo = The rule decides about the family again; ranked again.

# Decision
targeting-decide = The head of office decides
targeting-decision-sentence = { $days ->
    [0] { $name } proposed { $selected } families for { $amount } today
    [one] { $name } proposed { $selected } families for { $amount }; they wait for you { $days } day
   *[other] { $name } proposed { $selected } families for { $amount }; they wait for you { $days } days
  }
targeting-see-ranking = See the ranking
targeting-checked = What was checked
targeting-check-money = Within the ceiling
targeting-check-no-ceiling = This determination has no ceiling of its own
targeting-check-money-over = Beyond the { $left } that the programme has left
targeting-check-same = The data have not changed since the ranking
targeting-check-since = Ranked { $time }
targeting-check-changed = The data changed since { $time }: { $count } chosen would not be chosen any more
targeting-check-entering = { $count } other families would enter. Return it to be ranked again, or decide as it is.
targeting-check-behind = behind the cut line
targeting-check-nik = Everybody chosen has a NIK
targeting-check-no-nik = { $count } chosen without a NIK in the registry
targeting-check-no-nik-next = The NIK found by the visit is used where there is one.
targeting-check-minutes = Village minutes are complete for { $villages } { $villages ->
    [one] village
   *[other] villages
}
targeting-check-no-minutes = { $without } of { $villages } { $villages ->
    [one] village has
   *[other] villages have
} no final village minutes
targeting-check-no-minutes-next = The regent's list rests on the village minutes.
targeting-check-warned = { $count } chosen already receive the like
targeting-check-warned-next = The rule of this determination only warns.
targeting-check-by-hand = { $count } { $count ->
    [one] family
   *[other] families
} decided by a person, not by the rule
targeting-check-by-hand-next = Names and reasons below.
targeting-by-hand-title = Decided by a person
targeting-sign = Sign
targeting-no-money-left = It is worth more than what is left of the programme's ceiling and cannot be signed. Return it, or raise the ceiling first.
targeting-own-proposal = Who drafted or proposed cannot sign. Ask another head of office or an acting one.
targeting-decree-number = Number of the decree
targeting-decree-number-hint = For example 400.9/123/2026
targeting-decree-date = Date of the decree
targeting-about = About
targeting-decree-title = Penetapan Penerima { $about } Tahun Anggaran { $year }
targeting-signer = Signer
targeting-position = Position
targeting-password = Your password
targeting-password-hint = To be sure that it is you who signs
targeting-password-wrong = Wrong password
targeting-sign-means = By signing, names, NIK, addresses, rule, scores and ranks are frozen.
targeting-sign-do = Sign the decree
targeting-signed = Decree { $number } is signed.
targeting-return = Return
targeting-return-reason = What is to be put right?
targeting-return-hint = Read by the drafter and recorded
targeting-return-do = Return to the drafter
targeting-returned = Returned to the drafter.
targeting-fault-long-number = The number has at most 60 letters
targeting-fault-future = The date cannot lie in the future
targeting-fault-before-proposal = The date cannot lie before the proposal

# Decree
targeting-decree-sentence = Decree { $number } determines { $families } { $families ->
    [one] family
   *[other] families
} for { $amount }
targeting-annex = Annex
targeting-annex-shown = { $count } of { $families } { $families ->
    [one] family
   *[other] families
}
targeting-annex-total = { $families } { $families ->
    [one] family
   *[other] families
} · { $amount }
targeting-signed-by = Signed
targeting-recorded = Recorded
targeting-documents = Documents
targeting-documents-hint = The annex carries NIK and KK in full; each download is recorded.
targeting-pdf-f4 = PDF F4
targeting-pdf-a4 = PDF A4
targeting-seal = Seal
targeting-seal-hint = SHA-256 over content, rule and the whole annex at the signing. Its first sixteen letters stand at the foot of every page of the decree.
targeting-prove = Prove it
targeting-proof-holds = This decree is whole: its seal is the same, and the ranking repeated comes out the same.
targeting-proof-broken = This decree is not what was signed: its seal differs.
targeting-proof-different = The seal is the same, but the ranking of { $count } { $count ->
    [one] family
   *[other] families
} cannot be repeated.
targeting-proof-ranked = { $count } { $count ->
    [one] family
   *[other] families
} ranked again from frozen data by the frozen rule.
targeting-proof-digests = The seal of the signing begins with { $then }. Tell the administrator, and do not use this annex before it is cleared.
targeting-rule-then = The rule at the signing
targeting-considered = Considered
targeting-ranked-at = Ranked

# Answers
targeting-answers = Answers for those not chosen
targeting-answers-sentence = { $count ->
    [one] { $count } verified family has no answer yet
   *[other] { $count } verified families have no answer yet
  }
targeting-answers-done = Every verified family has its answer
targeting-answers-done-hint = Nobody waits for an answer
targeting-answers-done-more = When an agency declines, its families come back here.
targeting-see-referrals = See the referrals
targeting-answers-bar = Answers for verified families
targeting-term-round = Families of this round
targeting-term-round-detail = { $verified } of them verified
targeting-term-reserves = { $detail }; { $reserves } of them in reserve
targeting-term-elsewhere = Chosen by another decree
targeting-term-elsewhere-detail = of the same round
targeting-term-unverified = Not verified
targeting-term-unverified-detail = no result of a visit yet
targeting-term-selected = Chosen
targeting-term-selected-detail = in this decree
targeting-term-referred = Handed to agencies
targeting-term-referred-detail = in whatever decree of this round
targeting-term-refused = Refused
targeting-term-refused-detail = with a reason
targeting-term-open = No answer
targeting-term-open-detail = must become 0
targeting-why-not = Why not chosen
targeting-group-reserve = Reserve
targeting-everybody-open = All without an answer
targeting-reserve-rank = Reserve, rank { $rank }
targeting-answer-for = Answer: { $group } ({ $count ->
    [one] { $count } family
   *[other] { $count } families
  })
targeting-answer-word = Answer
targeting-answer-refer = Hand to an agency
targeting-answer-refuse = Refuse with a reason
targeting-answer-whom = For whom
targeting-answer-group = All { $count } { $count ->
    [one] family
   *[other] families
} of this group
targeting-answer-ticked = Only those ticked below
targeting-agency = Agency
targeting-agency-hint = Only when handed over
targeting-choose-agency = Choose an agency
targeting-need-asked = What is asked
targeting-need-asked-hint = Only when handed over, for example: fertiliser subsidy
targeting-reason-told = Reason
targeting-reason-told-hint = Read by the agency and shown on the family's timeline
targeting-answer-do = Send the answer
targeting-answered-refer = { $count } { $count ->
    [one] family
   *[other] families
} handed to the agency.
targeting-answered-refuse = { $count } { $count ->
    [one] family
   *[other] families
} refused with a reason.
targeting-tick-some = Tick at least one family
targeting-tick-all = Tick all
targeting-work-and-needs = Livelihood and needs
targeting-was-declined = Declined by the agency: { $reason }
targeting-group-done = Everybody of this group has an answer
targeting-group-done-hint = Choose another group beside.
targeting-service-fishery = Bantuan dan subsidi perikanan
targeting-service-farming = Bantuan dan subsidi pertanian
targeting-service-livelihood = Bantuan usaha
targeting-service-work = Pelatihan dan penempatan kerja
targeting-service-housing = Perbaikan rumah
targeting-service-water = Akses air bersih
targeting-service-sanitation = Jamban dan sanitasi
targeting-service-education = Beasiswa atau kembali bersekolah
targeting-service-nutrition = Penanganan gizi dan stunting
targeting-service-disability = Layanan penyandang disabilitas
targeting-service-identity = Perbaikan NIK dan kartu keluarga
targeting-reason-refer = Terverifikasi, tidak terpilih dalam SK ini; kelompok { $group }.
targeting-reason-reserve = Kuota penuh. Keluarga tercatat sebagai cadangan dan diikutkan pada tahap berikut.
targeting-reason-moved-or-dead = Keluarga pindah atau meninggal menurut data induk atau verval.
targeting-reason-not-verified = Belum ada hasil verval.
targeting-reason-not-fit = Tidak memenuhi kriteria menurut hasil verval.
targeting-reason-village-removed = Dikeluarkan oleh musyawarah desa.
targeting-reason-nik-blocked = NIK atau data keluarga belum sah; diikutkan lagi setelah diperbaiki.
targeting-reason-already-receives = Sudah menerima bantuan sejenis.
targeting-reason-manual = Dikeluarkan petugas dengan alasan tercatat.

# Referrals
targeting-inbox-sentence = { $count ->
    [one] { $count } family waits for your agency
   *[other] { $count } families wait for your agency
  }
targeting-inbox-quiet = No family waits; { $served } served
targeting-outbox-sentence = { $sent } { $sent ->
    [one] referral waits
   *[other] referrals wait
} for agencies, { $served } served, { $declined } declined
targeting-inbox-no-agency = Your account belongs to no agency
targeting-inbox-no-agency-hint = Ask the administrator to join your account to your agency.
targeting-inbox-empty = No family here
targeting-inbox-empty-hint = Families handed over by the social office appear here.
targeting-by-agency = By agency
targeting-referral-sent = Waiting
targeting-referral-accepted = Accepted
targeting-referral-served = Served
targeting-referral-declined = Declined
targeting-referral-closed = Refused
targeting-waits = Waits
targeting-waits-days = { $days ->
    [0] today
    [one] { $days } day
   *[other] { $days } days
  }
targeting-oldest = { $days ->
    [0] oldest today
    [one] oldest { $days } day
   *[other] oldest { $days } days
  }
targeting-pick-hint = Tick the families you accept
targeting-accept-ticked = Accept those ticked
targeting-referral-is-sent = { $name } waits for { $agency }: { $need }
targeting-referral-is-accepted = { $name } accepted by { $agency }: { $need }
targeting-referral-is-declined = { $agency } declined { $name }
targeting-referral-is-served = { $name } served by { $agency }: { $need }
targeting-referral-is-closed = { $name } was refused with a reason
targeting-sent-by = Handed over
targeting-answer-words = Note
targeting-why-not-chosen = Why not chosen
targeting-your-answer = Your answer
targeting-your-words = Note
targeting-your-words-hint = Needed to decline: why it cannot be served
targeting-act-accept = Accept
targeting-act-serve = Served
targeting-act-decline = Decline
targeting-decline-why = Say why it cannot be served
targeting-replied-accept = { $count ->
    [one] { $count } family accepted.
   *[other] { $count } families accepted.
  }
targeting-replied-serve = { $count ->
    [one] { $count } family recorded as served.
   *[other] { $count } families recorded as served.
  }
targeting-replied-decline = { $count ->
    [one] { $count } referral declined; the social office sees the reason.
   *[other] { $count } referrals declined; the social office sees the reasons.
  }

# The decree as a document (always in Bahasa Indonesia)
targeting-print-government = Pemerintah { $district }
targeting-print-office = Kepala { $office }
targeting-print-goods = Paket senilai
targeting-print-basis-law = Undang-Undang Nomor 13 Tahun 2011 tentang Penanganan Fakir Miskin;
targeting-print-basis-inpres-4 = Instruksi Presiden Nomor 4 Tahun 2025 tentang Data Tunggal Sosial dan Ekonomi Nasional;
targeting-print-basis-inpres-8 = Instruksi Presiden Nomor 8 Tahun 2025 tentang Optimalisasi Pelaksanaan Pengentasan Kemiskinan dan Penghapusan Kemiskinan Ekstrem;
targeting-print-noted = Hasil verifikasi dan validasi lapangan { $round }.
targeting-print-considering-poor = bahwa keluarga miskin ekstrem berhak memperoleh bantuan sesuai dengan kebutuhannya;
targeting-print-considering-verified = bahwa keluarga dalam daftar { $list } telah diverifikasi dan divalidasi melalui { $round };
targeting-print-considering-therefore = bahwa berdasarkan pertimbangan huruf a dan huruf b, perlu menetapkan penerima { $about };
targeting-print-decides-list = Menetapkan { $families } keluarga penerima sebagaimana tercantum dalam Lampiran I dengan nilai seluruhnya { $amount } ({ $words }).
targeting-print-decides-rule = Penerima sebagaimana dimaksud dalam Diktum KESATU dipilih menurut kriteria dan aturan pemeringkatan dalam Lampiran II.
targeting-print-decides-stages = Bantuan diberikan dalam { $stages } tahap pada Tahun Anggaran { $year } dengan nilai { $unit } untuk setiap keluarga.
targeting-print-decides-fund = Segala biaya dibebankan pada { $fund } Tahun Anggaran { $year }, sub-kegiatan { $sub_activity }, rekening { $account }.
targeting-print-decides-change = Perubahan penerima dilakukan dengan Keputusan Perubahan.
targeting-print-decides-effect = Keputusan ini mulai berlaku pada tanggal ditetapkan.
targeting-print-annex = Daftar { $title }
targeting-print-limits = Keluarga dipilih dari peringkat teratas selama kuota dan pagu mencukupi; batas pertama yang penuh menjadi alasan.

# Journal
journal-determination-created = Determination { $name } drafted: { $selected } chosen of { $eligible }
journal-determination-revised = Rule of { $name } changed: { $selected } chosen of { $eligible }
journal-determination-ranked = { $name } ranked again: { $selected } chosen of { $eligible }
journal-determination-placed = Placed at rank { $place } in { $name }
journal-determination-taken-out = Taken out of the ranking of { $name }
journal-determination-choice-undone = The rule of { $name } decides again
journal-determination-proposed = { $name } proposed to the head of office: { $selected } { $selected ->
    [one] family
   *[other] families
}
journal-determination-proposed-selected = Proposed in { $name }, rank { $rank }
journal-determination-proposed-reserve = Reserve in the proposal { $name }, rank { $rank }
journal-determination-proposed-excluded = Not ranked in { $name }
journal-determination-returned = { $name } returned by the head of office
journal-decree-signed = Decree { $number } signed: { $selected } { $selected ->
    [one] family
   *[other] families
}
journal-decree-signed-selected = Determined in decree { $number }, rank { $rank } of { $eligible }
journal-decree-signed-reserve = Reserve of decree { $number }, rank { $rank } of { $eligible }
journal-decree-signed-excluded = Not ranked for decree { $number }
journal-decree-printed = Decree { $number } downloaded as { $as }
journal-referral-sent = Handed to { $agency }: { $need }
journal-referral-refused = Not chosen in { $name }; answered with a reason
journal-referral-accepted = Referral accepted by { $agency }
journal-referral-declined = Referral declined by { $agency }
journal-referral-served = Served by { $agency }: { $need }

# Errors
error-targeting-step-draft = This determination is still being drafted.
error-targeting-step-draft-next = Propose it to the head of office first.
error-targeting-step-proposed = This determination is with the head of office.
error-targeting-step-proposed-next = Wait for the decision, or ask to have it returned.
error-targeting-step-returned = This determination was returned to be put right.
error-targeting-step-returned-next = Change the rule or rank again, then propose again.
error-targeting-step-signed = This determination is signed or being decided, so it cannot be changed.
error-targeting-step-signed-next = After a decree, changes need another decree.
error-targeting-step-not-proposed = This determination has not been proposed.
error-targeting-step-not-proposed-next = Wait until the drafter proposes it.
error-targeting-criteria = The criteria are not complete.
error-targeting-criteria-next = Give points to at least one criterion.
error-targeting-quota = Quota or ceiling is not right.
error-targeting-quota-next = Check quota, ceiling and value per family.
error-targeting-decree = The decree cannot be signed yet.
error-targeting-decree-next = Check number and date.
error-targeting-number-taken = The number { $number } belongs to another decree.
error-targeting-number-taken-next = Use another number.
error-targeting-nobody-verified = No family of this round has a result yet.
error-targeting-nobody-verified-next = Finish the visits first.
error-targeting-nobody-chosen = No family is chosen.
error-targeting-nobody-chosen-next = Change the rule, the quota or the ceiling.
error-targeting-no-reason = A reason is needed.
error-targeting-no-reason-next = Write the reason and send again.
error-targeting-no-agency = This agency takes no referrals.
error-targeting-no-agency-next = Choose another agency.
error-targeting-nobody-to-answer = Everybody of this group has an answer.
error-targeting-nobody-to-answer-next = Load the page of answers again; a colleague may just have answered.
error-targeting-referral-step = This referral was answered differently.
error-targeting-referral-step-next = Load the page of referrals again to see how it stands.
error-targeting-answers-before-signing = Answers can be given once the decree is signed.
error-targeting-answers-before-signing-next = Wait for the decision of the head of office.

# Before it is signed
targeting-check-all-verified = All { $families } { $families ->
    [one] family
   *[other] families
} of this round have been verified
targeting-check-unverified = { $count } of the { $families } { $families ->
    [one] family
   *[other] families
} of this round have not been verified
targeting-check-unverified-next = They are not ranked and get no answer from this decree; have them visited first, or return this draft.
targeting-unverified-known = I know that { $count } of { $families } { $families ->
    [one] family has
   *[other] families have
} not been verified, and sign all the same
targeting-unverified-unasked = Tick that you know families have not been verified
error-targeting-programme-draft = This programme is still a draft: its budget and rules may change.
error-targeting-programme-draft-next = Activate the programme on its page, then do this again.
error-targeting-programme-closed = This programme is closed.
error-targeting-programme-closed-next = Open the programme again on its page with a reason, or choose another.
