# Papers of a delivery: list, downloads, words on the papers
documents-title = Papers
documents-sentence = Papers for { $families } { $families ->
    [one] family is
   *[other] families are
} ready to print; { $served } of them have received
documents-sentence-nobody = No families of this area in this delivery yet
documents-sentence-long = { $families } { $families ->
    [one] family is
   *[other] families are
} more than the { $most } { $most ->
    [one] line
   *[other] lines
} of one paper; choose a sub-district first
documents-sheet = Sheet
documents-sheet-f4 = F4 (215 × 330 mm)
documents-sheet-a4 = A4 (210 × 297 mm)
documents-area = Area
documents-area-all = All sub-districts
documents-paper = Paper
documents-families = Families
documents-download = Download
documents-totals-only = Papers with names, NIK and family card numbers are for those who manage deliveries.
documents-handle-with-care = Papers carry NIK and family card numbers: keep and share them only with those entitled.
documents-too-many = More than { $most } { $most ->
    [one] line
   *[other] lines
}: choose a sub-district
documents-whole-only = Only for users of the whole district

documents-kind-nominatif = Payment list
documents-kind-undangan = Invitations
documents-kind-tanda-terima = Receipt sheet
documents-kind-bast = Minutes of the handover
documents-kind-realisasi = Realisation report
documents-kind-rekap = Recap by sub-district and village
documents-about-nominatif = Who is paid how much from which account; summed by page and in words
documents-about-undangan = Three to a sheet with a QR code, for families who have not come yet
documents-about-tanda-terima = Numbered places for signatures, left and right in turn
documents-about-bast = Goods or money handed over, with the recipients as annex
documents-about-realisasi = Ceiling, spending, how each delivery came out, and returns of this programme
documents-about-rekap = Candidates, verified, eligible, determined, served and not served
documents-none-nominatif = No families yet
documents-none-undangan = No family is still awaited
documents-none-tanda-terima = No families yet
documents-none-bast = No family has received yet

documents-government = Government of { $district }
documents-one-parcel = 1 parcel
documents-note-replacement = Replacement
documents-note-proxy = Represented by { $name }
documents-bring-ktp = identity card
documents-bring-kk = family card
documents-aid = { $programme } { $stage }: { $aid }
documents-recorded = { $time }, digital
documents-officer = Delivery officer
documents-condition = Good
documents-cash = Cash
documents-unit-family = families
documents-second-party = For the recipients
documents-for-recipients = { $families } recipient families as in the annex
documents-cash-statement = The money was counted together and received by the SECOND PARTY in full, without any deduction.
documents-period = Budget year { $year }, as of { $date }
documents-return-reason = { $families } { $families ->
    [one] family
   *[other] families
} did not receive, { $event }
documents-recap-title = Recap of { $programme }
documents-recap-source = Records of Tuntas, as of { $date }

error-documents-too-long = This paper would have { $families } { $families ->
    [one] line
   *[other] lines
}; at most { $most }.
error-documents-too-long-next = Choose one sub-district on the page of papers and print them one by one.
error-documents-nobody = No families of this area are in this delivery.
error-documents-nobody-next = Choose another area on the page of papers.
error-documents-nobody-waits = No family is still awaited, so there are no invitations.
error-documents-nobody-waits-next = Choose another area, or plan a delivery for those who were absent.
error-documents-nobody-served = No family has received yet, so nothing was handed over.
error-documents-nobody-served-next = Print the minutes after the aid was handed over.
error-documents-whole-district = The realisation report covers the whole district, more than your area.
error-documents-whole-district-next = Use the recap by sub-district and village, or ask the social office for this report.
