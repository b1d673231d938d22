# Families: search and the page of a family
registry-sentence-all = { $count ->
    [one] { $count } family is on record in your area
   *[other] { $count } families are on record in your area
}
registry-sentence-filtered = { $count ->
    [one] { $count } family matches the filter
   *[other] { $count } families match the filter
}
registry-sentence-found = { $count ->
    [one] { $count } family matches “{ $text }”
   *[other] { $count } families match “{ $text }”
}
registry-filter = Filter families
registry-sentence-more = More than { $count } { $count ->
    [one] family
   *[other] families
} match “{ $text }”. Add a word or a filter.
registry-search-label = Name, NIK, KK number, date of birth or address
registry-search-hint = For example: siti aminah krajan, 17-08-1985, or the last four digits of a NIK
registry-words-lost = The words of this search are not kept any more. Type them again in the search box; they do not stand in the address, so that no name or NIK stays in the browser’s history.
registry-similar = Similar spelling
registry-found-member = Member looked for
registry-found-as = member: { $name }
registry-subdistrict-head = Kecamatan
registry-more-filters = More filters
registry-list = Stands in list
registry-programme-of = Enrolled in programme
registry-need = Need not met
registry-status = State
registry-any = All
registry-status-not-visited = Not visited yet
registry-status-eligible = Found eligible
registry-status-not-eligible = Found not eligible
registry-status-postponed = Postponed
registry-status-determined = Determined by decree
registry-status-served = Has received aid
registry-status-gone = Moved, dissolved or deceased
registry-export = Download results
registry-export-xlsx = XLSX
registry-export-csv = CSV
registry-export-logged = The download holds all results, not only this page, and is written in the journal
registry-saved = Saved searches
registry-keep = Save this search
registry-keep-name = Name of the search
registry-keep-do = Save
registry-kept = The search “{ $name }” was saved.
registry-forget = Delete the search { $name }
registry-forgotten = The search was deleted.
error-registry-keep-number = A search for a NIK or KK number cannot be saved
error-registry-keep-number-next = Save a search with a name, an address or filters.
error-registry-keep-nothing = The search has no name yet, or nothing is searched for
error-registry-keep-nothing-next = Search or filter first, then give it a name.
error-registry-keep-many = There are { $most } saved searches already
error-registry-keep-many-next = Delete one that is no longer used, then save again.
registry-do-search = Search
registry-area = Area
registry-area-all = All areas
registry-subdistrict = Kec. { $name }
registry-desil-most = Highest decile
registry-desil-any = All
registry-blocked-only = Only blocked ones
registry-none = No family matches. Use fewer words or loosen the filter.
registry-table = List of families
registry-head = Head of family
registry-village = Village
registry-address = Address
registry-members = Members
registry-desil = Decile
registry-note = Note

registry-family = Family
registry-family-of = Family of { $name }
registry-village-unknown = Village not known yet
registry-kk = KK number
registry-reveal = Show NIK and KK
registry-reveal-logged = This is written in the journal
registry-revealed = NIK and KK numbers are shown on this page; this was written in the journal.
registry-hide = Hide again
registry-now-visit = Now: visit before { $date }
registry-now-by = responsible: { $name }
registry-now-nobody = nobody assigned yet
registry-now-do = Start visit
registry-now-blocked = Now: correct “{ $fault }”
registry-now-blocked-text = The family may be verified, but cannot enter a decree until its data are corrected.
registry-members-count = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
registry-members-chart = Members by age and sex
registry-members-chart-text = One square is one person, from 60 and over down to 0–6 years
registry-men = men
registry-women = women
registry-toddlers = { $count ->
    [one] { $count } under-five
   *[other] { $count } under-fives
}
registry-pupils = { $count } of school age
registry-elderly = { $count } elderly
registry-adults-only = No under-fives, school-age children or elderly
registry-person = { $name } ({ $sex }, { $age })
registry-aid = Programmes and aid
registry-no-aid = No aid is on record for this family yet.
registry-received = received
registry-received-head = Received
registry-programme = Programme
registry-state = State
registry-enrolment-candidate = candidate
registry-enrolment-enrolled = enrolled
registry-enrolment-active = active
registry-enrolment-suspended = suspended
registry-enrolment-left = left
registry-referred-to = Referred to { $agency }
registry-refused = Not served
registry-referral-sent = sent
registry-referral-accepted = accepted by agency
registry-referral-declined = declined by agency
registry-referral-served = served
registry-referral-closed = closed
registry-members-list = Family members
registry-name = Name
registry-nik = NIK
registry-sex = Sex
registry-sex-l = Male
registry-sex-p = Female
registry-sex-short-l = male
registry-sex-short-p = female
registry-born = Born
registry-age = Age
registry-relation = Relation
registry-relation-head = Head of family
registry-relation-spouse = Spouse
registry-relation-child = Child
registry-relation-other = Other
registry-person-deceased = deceased
registry-person-moved = moved
registry-lists = What each list says
registry-lists-legend = yellow = differs from the value in use
registry-lists-none = This family stands in no list.
registry-field = Field
registry-used = Used by Tuntas
registry-found-on = found { $date }
registry-newest-list = newest list
registry-differs = differs from the value in use
registry-used-rule = The newest field finding goes before lists; deciles come from lists only, Tuntas never computes them.
registry-desil-national = National decile
registry-desil-province = Provincial decile
registry-desil-district = District decile
registry-percentile = Percentile
registry-tenure = Tenure
registry-floor = Floor
registry-wall = Walls
registry-roof = Roof
registry-water = Water source
registry-lighting = Lighting
registry-power = Electric power
registry-fuel = Cooking fuel
registry-toilet = Toilet
registry-septic = Sewage
registry-needs = Needs met: { $met } of { $all }
registry-visit-by = visit { $date }, { $name }
registry-need-met = No problem:
registry-need-unmet = Still a problem:
registry-decided = Determination
registry-determination = Draft
registry-rank = Rank
registry-decree = Decree
registry-not-signed = not signed yet
registry-line-selected = selected
registry-line-reserve = reserve
registry-line-excluded = not ranked
registry-timeline = Timeline
registry-timeline-none = Nothing has happened yet.
registry-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}

journal-number-revealed = NIK and KK numbers shown
journal-registry-downloaded = { $families ->
    [one] Search results downloaded: { $families } family ({ $form })
   *[other] Search results downloaded: { $families } families ({ $form })
}
journal-search-kept = Search saved
journal-search-forgotten = Saved search deleted

# Data quality
registry-lack = What is lacking
registry-lack-village = Village not known
registry-lack-head = Head of family not known
registry-lack-nik = A member’s NIK is missing
registry-lack-kk = KK number is missing
registry-lack-birth = A member’s birth date is missing
registry-lack-sex = A member’s sex is missing
registry-lack-members = Members are not named
registry-lack-desil = Decile is not stated
registry-lack-address = Address is missing
registry-lack-count = Number of members differs
registry-lack-nik-sex = NIK tells of another sex
registry-lack-nik-birth = NIK tells of another birth date
registry-quality = Data quality
registry-quality-sentence = { $complete } of { $families } { $families ->
    [one] family is
   *[other] families are
} known completely; { $blocked } are kept out of decrees.
registry-quality-all = { $families } { $families ->
    [one] family
   *[other] families
}, all known completely.
registry-quality-nobody = There are no families here yet.
registry-quality-nobody-hint = Data quality is counted once the first list is in.
registry-quality-families = Families
registry-quality-now = on record now
registry-quality-complete = complete
registry-quality-complete-name = Complete
registry-quality-lacking = something lacks or contradicts
registry-quality-blocked = { $count } { $count ->
    [one] family is
   *[other] families are
} kept out of decrees until mended
registry-quality-blocked-short = Blocked
registry-quality-most = Most often: { $lack }, { $count } of { $families } { $families ->
    [one] family
   *[other] families
}.
registry-quality-none = Nothing is lacking.
registry-quality-overlap = A family may lack several things. Yellow bars: what is known contradicts itself. Press a bar to open its families.
registry-quality-work-name = What to mend first
registry-quality-work = These { $places } { $places ->
    [one] piece
   *[other] pieces
} of work mend { $part } of { $whole } { $whole ->
    [one] fault
   *[other] faults
}.
registry-quality-by-area = By area
registry-quality-by-area-note = Missing and contradicting are counted by thing: a family that lacks two things counts twice there.
registry-quality-missing = Missing
registry-quality-contradicting = Contradicting
registry-quality-most-name = Most often
registry-quality-total = All
registry-quality-source-one = { $source }: { $is } of the rows of { $last } were blocked when it came in.
registry-quality-source = { $source }: blocked rows { $was } in { $first }, { $is } in { $last }.
registry-quality-list = List
registry-quality-date = Date
registry-quality-rows = Rows
registry-quality-warned = Warned
registry-quality-rejected = Rejected
registry-address-found = found on the visit of { $date }; the lists say: { $listed }
registry-address-then = Address when it was decided: { $address }
registry-former = Former members
registry-former-alive = left on { $date }
registry-former-deceased = died on { $date }
registry-former-moved = left the district on { $date }
registry-former-same = found to be the same person as another
registry-found-former = { $name }, found by the old NIK
