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
