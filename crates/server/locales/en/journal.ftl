journal-sentence = Last: { $actor }, { $time }
journal-none = No entry matches
journal-none-hint = Loosen the filter.
journal-filter = Filter the journal
journal-who = Who
journal-what = What
journal-when = When
journal-where = Where
journal-from = From
journal-until = Until
journal-everybody = Everybody
journal-everything = Everything
journal-kind-list = Lists
journal-kind-round = Rounds
journal-kind-visit = Visits
journal-kind-deliberation = Village deliberation
journal-kind-determination = Determination
journal-kind-decree = Decrees
journal-kind-referral = Referrals
journal-kind-programme = Programmes
journal-kind-enrolment = Enrolment
journal-kind-event = Delivery
journal-kind-number = Numbers revealed
journal-kind-session = Sign-in and sign-out
journal-kind-user = Users
journal-kind-area = Areas
journal-kind-results = Results from a workbook
journal-kind-agency = Agencies
journal-kind-delivery = Handing over
journal-kind-boundary = Boundaries
journal-kind-registry = Downloads of search results
journal-kind-search = Saved searches
journal-kind-setting = Settings
journal-visit-recorded-layak-own = { $unmet ->
    [0] Verified: eligible, all basic needs met
    [1] Verified: eligible, 1 unmet need
   *[other] Verified: eligible, { $unmet } unmet needs
}
journal-visit-recorded-perbaikan-own = Verified: eligible with { $corrections } { $corrections ->
    [one] correction
   *[other] corrections
}, { $unmet } unmet needs
journal-visit-recorded-tidak-layak-own = Verified: not eligible
journal-visit-recorded-tunda-own = Visited: deferred
journal-deliberation-recorded-added = Added by the village deliberation
journal-family-of = Family { $name }
