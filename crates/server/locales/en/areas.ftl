# Areas
areas-none = No areas are loaded yet
areas-none-next = Load the national area list and the village boundaries, then open this page again:
areas-kind-provinsi = Province
areas-kind-kabupaten = Regency
areas-kind-kota = City
areas-kind-kecamatan = Sub-district
areas-kind-desa = Village
areas-kind-kelurahan = Urban village
areas-sentence = { $name }: { $untouched } of { $desil1 } decile-1 families have received nothing yet
areas-sentence-no-desil1 = { $name }: { $families } { $families ->
    [one] family
   *[other] families
}, none in decile 1
areas-way = { $verified } of { $families } { $families ->
    [one] family
   *[other] families
} verified, { $served } served
areas-sentence-empty = No family is on record in { $name } yet
areas-open-families = Open the list of families
areas-families = Families
areas-people = Members as listed
areas-desil1 = Decile 1
areas-verified = Verified
areas-determined = Determined
areas-served = Served
areas-untouched = Untouched
areas-measure = Measure on the map
areas-measure-desil1 = Decile-1 families
areas-measure-untouched = Decile 1 untouched
areas-measure-families = All families
areas-measure-unverified = Not verified
areas-map-words = { $name }: { $count } ({ $measure })
areas-map-no-data = { $name }: no data
areas-map-text = Map of { $villages } { $villages ->
    [one] village
   *[other] villages
} in five classes; the numbers are in the table
areas-no-data = no data
areas-village = Village
areas-subdistrict = Sub-district
areas-area = Area
areas-below = Areas below
areas-total = Total
areas-source = Tuntas registry, data as of { $date }

journal-area-imported = Area list loaded: { $new } new, { $changed } changed
journal-boundary-imported = Boundaries of { $areas } { $areas ->
    [one] area
   *[other] areas
} loaded
journal-setting-changed = Setting { $name } changed to { $value }

journal-area-retired = { $retired ->
    [one] One former area code
   *[other] { $retired } former area codes
} replaced by new ones

areas-cli-areas = Areas: { $new } new, { $changed } changed, { $unchanged } unchanged
areas-cli-former = Former codes: { $retired } mean another area now, { $unchanged } known already
areas-cli-former-unknown = {"  "}{ $former }: the new code { $code } is no area here yet; load its area list first
areas-cli-former-inhabited = {"  "}{ $former }: still has { $families ->
    [one] one family
   *[other] { $families } families
}; record their move first, then load this again
areas-cli-boundaries = Boundaries: { $kept } kept
areas-cli-no-area = { $count ->
    [one] One boundary of the file is no area here:
   *[other] { $count } boundaries of the file are no areas here:
}
areas-cli-without-code = { $file }, feature { $number }: no code
areas-cli-no-code = { $file }, feature { $number }: cannot read the code “{ $said }”
areas-cli-no-boundary = { $count ->
    [one] One village without a boundary (not drawn on the map):
   *[other] { $count } villages without a boundary (not drawn on the map):
}
areas-cli-own = Own district: { $code } { $name }
areas-cli-none = Own district: none yet (no kabupaten or kota was loaded)
areas-cli-no-district = The district { $code } is not among the areas loaded: load its area list first
