# Verval: putaran, kunjungan, dua hasil, lembar kerja, musdes
verification-rounds = Putaran verval
verification-rounds-sentence =
    { $rounds ->
        [one] Satu putaran berjalan: { $done } dari { $families } keluarga selesai
       *[other] { $rounds } putaran berjalan: { $done } dari { $families } keluarga selesai
    }
verification-none = Belum ada putaran verval
verification-none-hint = Putaran memilih keluarga dari sebuah daftar, lalu desa-desanya dibagi kepada petugas.
verification-none-open = Tidak ada putaran yang sedang berjalan
verification-round = Putaran
verification-list = Daftar
verification-state = Keadaan
verification-families = Keluarga
verification-done = Selesai
verification-ends = Sampai
verification-starts = Mulai
verification-state-open = berjalan
verification-state-planned = disiapkan
verification-state-closed = ditutup
verification-late = lewat { $days } hari
verification-due-today = batas hari ini
verification-days-left = sisa { $days } hari

# halaman petugas
verification-today = { $open } keluarga menunggu Anda di { $villages } desa
verification-today-late = { $open } keluarga menunggu Anda; { $late } desa sudah lewat batas
verification-today-done = Semua desa Anda sudah selesai
verification-today-none = Belum ada desa yang ditugaskan kepada Anda
verification-draft-of = Kunjungan { $name } belum dikirim
verification-continue = Lanjutkan
verification-task-line = Kec. { $subdistrict } · { $open } dari { $families } belum selesai
verification-task-conflicts = { $count } dengan dua hasil
verification-open-list = Buka daftar
verification-print-list = Daftar kunjungan
verification-my-progress = Kemajuan Anda
verification-visits-done = Keluarga selesai
verification-finished = Desa yang selesai
verification-other-villages = Putaran yang berjalan di wilayah Anda
verification-tasks = Tugas
verification-more = Lainnya

# putaran baru
verification-new = Putaran baru
verification-new-sentence = { $families ->
    [0] Belum ada keluarga yang masuk putaran ini
   *[other] { $families } keluarga di { $villages } desa akan diverval
}
verification-new-no-list = Putaran memerlukan daftar yang sudah diterima
verification-new-no-list-hint = Unggah dan terima daftar DTSEN atau P3KE lebih dahulu.
verification-name = Nama putaran
verification-name-hint = Misalnya Verval 2026 tahap 1
verification-list-choice = { $list }, { $date }, { $families } keluarga
verification-desil = Desil nasional paling tinggi
verification-desil-any = Semua desil
verification-desil-most = Desil { $desil }
verification-percentile = Persentil paling tinggi
verification-percentile-hint = Kosongkan bila daftar tidak memuat persentil
verification-skip = Lewati keluarga yang sudah ada di putaran lain yang belum ditutup
verification-areas = Hanya kecamatan tertentu
verification-areas-hint = Tanpa centang berarti seluruh wilayah Anda
verification-create = Buat putaran
verification-count = Hitung ulang
verification-takes-in = { $families } keluarga masuk
verification-in-others = { $count } di antaranya juga ada di putaran lain yang belum ditutup
verification-by-subdistrict = Menurut kecamatan
verification-created = Putaran dibuat. Bagikan desanya kepada petugas, lalu buka putaran.

# satu putaran
verification-round-planned = { $families } keluarga di { $villages } desa siap diverval; putaran belum dibuka
verification-round-open = { $done } dari { $families } keluarga selesai
verification-round-late = { $done } dari { $families } keluarga selesai; { $late } desa lewat batas
verification-round-all = Semua { $families } keluarga selesai; putaran dapat ditutup
verification-round-closed = Ditutup dengan { $done } dari { $families } keluarga selesai; { $eligible } layak
verification-round-cancelled = Putaran ini dibatalkan; keluarganya bebas lagi
verification-from-to = { $from } sampai { $to }
verification-filter-all = semua keluarga daftar itu
verification-filter-desil = desil paling tinggi { $desil }
verification-filter-percentile = persentil paling tinggi { $percentile }
verification-outcomes = Hasil menurut keadaan
verification-outcomes-finding = { $eligible } dari { $families } keluarga layak
verification-part-layak = layak { $count }
verification-part-perbaikan = layak dengan perbaikan { $count }
verification-part-tidak = tidak layak { $count }
verification-part-tunda = ditunda { $count }
verification-part-dua = dua hasil { $count }
verification-part-belum = belum dikunjungi { $count }
verification-part-layak-name = Layak
verification-part-perbaikan-name = Layak dengan perbaikan
verification-part-tidak-name = Tidak layak
verification-part-tunda-name = Ditunda
verification-part-dua-name = Dua hasil
verification-part-belum-name = Belum dikunjungi
verification-least = { $name } paling tertinggal: { $share }% selesai
verification-none-here = Tidak ada keluarga putaran ini di wilayah Anda
verification-map = Keluarga yang belum selesai
verification-map-most = Terbanyak belum selesai: { $name }, { $count } keluarga
verification-map-done = Tidak ada desa yang tertinggal
verification-map-words = { $name }: { $due } dari { $families } belum selesai
verification-villages = Desa dan petugas
verification-late-villages = { $villages } desa lewat batas dengan { $families } keluarga belum selesai
verification-facet-all = Semua
verification-facet-late = Lewat batas
verification-facet-nobody = Tanpa petugas
verification-facet-done = Selesai
verification-no-village = Tidak ada desa dalam keadaan ini
verification-pick-all = Centang semua desa
verification-eligible = Layak
verification-waiting = Belum
verification-deferred = Ditunda
verification-visitor = Petugas
verification-until = Batas
verification-musdes = Musdes
verification-nobody = belum ada
verification-for-ticked = Untuk desa yang dicentang:
verification-nobody-option = Tanpa petugas
verification-person = { $name }, { $role }, { $families } keluarga
verification-assign = Tugaskan
verification-assigned = { $villages } desa ditugaskan
verification-taken-back = { $villages } desa sekarang tanpa petugas
verification-none-ticked = Centang dahulu desa yang akan ditugaskan
verification-without = { $villages } desa belum punya petugas.
verification-spread-do = Bagi rata menurut wilayah petugas
verification-spread =
    { $without ->
        [0] { $villages } desa dibagikan
       *[other] { $villages } desa dibagikan; { $without } desa berada di luar wilayah semua petugas
    }
verification-open = Buka putaran
verification-opened = Putaran dibuka. Petugas sudah dapat melihat desanya.
verification-decide-count = Putuskan { $count } dengan dua hasil
verification-workbook = Lembar kerja
verification-minutes = Musdes
verification-export = Unduh hasil:
verification-why = Alasan
verification-close = Tutup putaran
verification-close-ask = Tutup putaran ini?
verification-close-means = { $due } keluarga belum selesai dan { $conflicts } masih punya dua hasil. Setelah ditutup tidak ada kunjungan yang masuk; hasilnya dapat dipakai untuk penetapan. Konsep kunjungan yang belum dikirim ikut dihapus.
verification-close-do = Ya, tutup putaran
verification-closed = Putaran ditutup
verification-reopen = Buka lagi putaran
verification-reopen-ask = Buka lagi putaran ini?
verification-reopen-means = Kunjungan dapat masuk lagi. Tidak bisa bila sudah ada SK yang bertumpu pada putaran ini.
verification-reopen-do = Buka lagi
verification-reopened = Putaran dibuka lagi
verification-cancel = Batalkan putaran
verification-cancel-ask = Batalkan putaran ini?
verification-cancel-means = Belum ada kunjungan. Keluarganya bebas untuk putaran lain.
verification-cancel-do = Ya, batalkan
verification-cancelled = Putaran dibatalkan

# satu desa
verification-village-unknown = Desa belum diketahui
verification-village-open = { $open } dari { $families } keluarga di { $name } belum selesai
verification-village-done = { $families ->
    [1] Satu-satunya keluarga di { $name } selesai
   *[other] Semua { $families } keluarga di { $name } selesai
}
verification-visited-by = Petugas: { $name }
verification-nobody-yet = Belum ada petugas
verification-until-day = sampai { $date }
verification-families-semua = Semua
verification-families-belum = Belum selesai
verification-families-layak = Layak
verification-families-tidak = Tidak layak
verification-families-tunda = Ditunda
verification-families-dua = Dua hasil
verification-head = Kepala keluarga
verification-place = Alamat
verification-members = Anggota
verification-desil-short = Desil
verification-visit = Kunjungan
verification-visit-do = Kunjungi
verification-see = Lihat
verification-compare = Bandingkan
verification-state-waiting = belum dikunjungi
verification-state-conflict = dua hasil
verification-state-draft = belum dikirim
verification-removed = dikeluarkan musdes
verification-no-family = Tidak ada keluarga yang cocok
verification-no-family-hint = Pilih keadaan lain atau kosongkan nama.
verification-rows = { $from } sampai { $to }
verification-print-sentence = { $families ->
    [0] Semua keluarga di { $name }, Kec. { $subdistrict }, sudah dikunjungi
   *[other] { $families } keluarga untuk dikunjungi di { $name }, Kec. { $subdistrict }
}
verification-print = Cetak
verification-print-none = Tidak ada lagi keluarga yang harus dikunjungi di desa ini
verification-date = Tanggal
verification-signature = Tanda tangan
verification-reason = Alasan

# kunjungan
verification-back = Kembali
verification-back-to-village = Kembali ke desa
verification-next = Lanjut
verification-save = Simpan
verification-change = Ubah
verification-begin = Mulai kunjungan
verification-visit-again = Kunjungi lagi
verification-start = Keluarga { $name }, { $members } anggota, belum dikunjungi
verification-start-visited = Keluarga { $name } sudah dikunjungi: { $outcome }
verification-start-conflict = Keluarga { $name } punya dua hasil yang berbeda
verification-call = Telepon
verification-route = Arah
verification-family-page = Halaman keluarga
verification-round-takes-none = Putaran ini tidak menerima kunjungan.
verification-draft-kept = Isian Anda tersimpan { $time } dan belum dikirim
verification-visits-before = Kunjungan yang sudah tercatat
verification-list-told = Kata { $list }
verification-told-by = Kata { $list }:
verification-list-says = { $list }: { $value }
verification-saved = Tersimpan { $time }
verification-step = Langkah { $step } dari { $steps } · { $name }
verification-choose = Pilih
verification-unchanged = Tetap
verification-in-use = Sekarang:
verification-all-present = Semua tinggal bersama keluarga
verification-presence-of = Keberadaan { $name }
verification-correct = Perbaiki data
verification-new-member-add = Tambah anggota baru
verification-new-member-named = Anggota baru: { $name }
verification-new-member = anggota baru
verification-add-another = Simpan, lalu tambah lagi
verification-age = { $age } tahun
verification-relation-head = Kepala keluarga
verification-relation-spouse = Istri/suami
verification-relation-child = Anak
verification-relation-other = Lainnya
verification-sex-l = Laki-laki
verification-sex-p = Perempuan
verification-field-presence = Keberadaan
verification-field-name = Nama
verification-field-nik = NIK
verification-field-birth-date = Tanggal lahir
verification-field-sex = Jenis kelamin
verification-field-relation = Hubungan dengan kepala keluarga
verification-field-kk = Nomor Kartu Keluarga
verification-field-address = Alamat
verification-field-rt = RT
verification-field-rw = RW
verification-field-phone = Nomor telepon
verification-field-head = Kepala keluarga sekarang
verification-field-value = Isian
verification-suggested = Disarankan: { $why }
verification-no-needs = Tidak ada kebutuhan yang belum terpenuhi
verification-none-given = tidak diisi
verification-nothing-wrong = Tidak ada yang salah
verification-corrected = Diperbaiki: { $fields }
verification-members-answer = { $present } orang tinggal di sini, { $gone } tidak, { $fresh } baru, data { $corrected } orang diperbaiki
verification-photo-taken = ada
verification-photo-none = tidak ada
verification-position = { $place } (±{ $metres } m)
verification-position-here = Lokasi rumah
verification-position-none = tidak dicatat
verification-position-no-js = Lokasi hanya dapat dicatat bila peramban menjalankan JavaScript. Lanjutkan tanpa lokasi.
verification-outcome-layak = Layak
verification-outcome-perbaikan = Layak dengan perbaikan
verification-outcome-tidak-layak = Tidak layak
verification-outcome-tunda = Ditunda
verification-outcome-hint-layak = Data keluarga benar seperti di daftar
verification-outcome-hint-perbaikan = Layak, dan ada data keluarga atau anggota yang diperbaiki
verification-outcome-hint-tidak-layak = Alasannya ditanyakan berikutnya
verification-outcome-hint-tunda = Harus dikunjungi lagi
verification-check = Periksa jawaban Anda
verification-faults-left = { $count } isian masih harus dilengkapi atau diperbaiki.
verification-to-first-fault = Ke isian pertama
verification-send = Kirim kunjungan
verification-send-off = Lengkapi { $count } isian dahulu
verification-sent = Kunjungan tercatat
verification-sent-again = Kunjungan ini sudah tercatat sebelumnya; tidak dicatat dua kali
verification-sent-beside = Kunjungan tercatat. Hasil yang berlaku tetap dari kunjungan lain.
verification-sent-conflict = Kunjungan tercatat, tetapi hasilnya berbeda dari kunjungan orang lain. Dinas akan memutuskan.

verification-fault-missing = Pilih atau isi jawabannya
verification-fault-field = Isi { $field }
verification-fault-members = Pilih keberadaan setiap anggota
verification-fault-needs = Pastikan kebutuhannya, lalu lanjut
verification-fault-list = “{ $value }” bukan pilihan di sini
verification-fault-number = “{ $value }” bukan angka
verification-fault-range = Isi angka dari { $least } sampai { $most }
verification-fault-not-asked = Tidak diajukan untuk jawaban sebelumnya; kosongkan
verification-fault-long = Terlalu panjang, paling banyak { $most } huruf
verification-fault-nobody = Tidak seorang pun tinggal di sini, padahal Anda bertemu keluarganya. Periksa keberadaan anggota.
verification-fault-head-gone = Kepala keluarga meninggal atau pindah. Pilih kepala keluarga sekarang.
verification-fault-head-absent = Kepala keluarga harus orang yang tinggal bersama keluarga ini
verification-fault-nik = NIK { $why }
verification-fault-kk = Nomor KK { $why }
verification-fault-birth = Isi tanggal lahir yang ada dan tidak di masa depan
verification-fault-outcome = Hasil ini tidak cocok dengan “{ $found }”
verification-fault-reason = Alasan ini tidak cocok dengan “{ $found }”
verification-fault-corrections = Ada data yang diperbaiki, jadi hasilnya Layak dengan perbaikan
verification-fault-no-corrections = Tidak ada data yang diperbaiki. Isi perbaikannya, atau pilih Layak.
verification-number-empty = kosong
verification-number-scientific = rusak oleh lembar kerja; ketik ulang 16 angkanya
verification-number-characters = memuat huruf atau tanda
verification-number-length = harus 16 angka
verification-number-dummy = bukan nomor sungguhan
verification-number-date = memuat tanggal lahir yang tidak ada

# kunjungan tercatat
verification-recorded = Catatan kunjungan
verification-recorded-sentence = Keluarga { $name }: { $outcome }
verification-recorded-replaced = Keluarga { $name }: { $outcome }, dan hasil ini tidak lagi berlaku
verification-recorded-waiting = Keluarga { $name }: { $outcome }, menunggu keputusan
verification-recorded-conflict = Orang lain menemukan hal yang berbeda. Belum ada hasil yang berlaku sampai dinas memutuskan.
verification-see-other = Lihat kunjungan yang menggantikannya
verification-next-family = Keluarga berikutnya
verification-needs = Kebutuhan
verification-needs-found =
    { $count ->
        [0] Semua kebutuhan dasar terpenuhi
       *[other] { $count } kebutuhan dasar belum terpenuhi
    }
verification-corrections = Perbaikan
verification-corrections-count = { $count } data ditemukan lain dari daftar
verification-about = Tentang
verification-in-list = Di daftar
verification-found-value = Ditemukan
verification-source-stays = Nilai di daftar tidak diubah; yang ditemukan disimpan di sampingnya.
verification-result = Hasil
verification-found = Ditemukan
verification-note = Keterangan
verification-visited-at = Waktu kunjungan
verification-respondent = Pemberi keterangan
verification-came-by = Masuk lewat
verification-came-by-web = formulir
verification-came-by-workbook = lembar kerja
verification-position-name = Lokasi
verification-photos = Foto

# dua hasil
verification-two = Dua hasil
verification-two-count =
    { $count ->
        [0] Tidak ada keluarga dengan dua hasil
       *[other] { $count } keluarga punya dua hasil dan menunggu keputusan
    }
verification-two-none = Tidak ada yang perlu diputuskan
verification-two-when = Bila dua petugas menemukan hal yang berbeda, keluarganya muncul di sini.
verification-two-line = { $village } · { $versions } hasil · sejak { $date }
verification-two-sentence = Keluarga { $name }: { $versions } petugas menemukan hal yang berbeda
verification-two-rule = Hasil yang tidak dipilih tetap tersimpan dengan nama petugasnya.
verification-question = Pertanyaan
verification-which-stands = Hasil mana yang berlaku?
verification-decide-why = Alasan keputusan
verification-decide-hint = Misalnya: dikunjungi ulang bersama kepala dusun
verification-decide = Putuskan
verification-decided = Keputusan tercatat

# lembar kerja
verification-workbook-sentence = Isi hasil di lembar kerja, lalu unggah; Tuntas memeriksanya sel demi sel
verification-sheet-1 = 1. Unduh lembar
verification-sheet-1-text = Satu baris satu keluarga, hasil yang sudah ada ikut terisi. Lembar kedua memuat isian yang diterima setiap kolom.
verification-sheet-get = Unduh lembar kerja
verification-sheet-2 = 2. Unggah hasil
verification-sheet-2-text = Belum ada yang berubah sampai Anda menerima isinya di halaman berikutnya.
verification-file = Berkas
verification-file-check = Periksa berkas
verification-file-missing = Pilih berkas XLSX, ODS, atau CSV
verification-file-unreadable = Berkas ini rusak, berkata sandi, atau bukan lembar kerja. Simpan ulang sebagai XLSX tanpa kata sandi.
verification-file-no-header = Tidak ada baris judul dengan kolom “Nomor keluarga” dan “Hasil”. Pakai lembar yang diunduh dari halaman ini.
verification-files = Berkas yang pernah diunggah
verification-files-none = Belum ada berkas
verification-new-results = Hasil baru
verification-changed = Berubah
verification-same = Sama
verification-faulty = Salah
verification-empty-rows = Tanpa hasil
verification-rows-all = Baris
verification-upload-state-reading = dibaca
verification-upload-state-ready = menunggu diterima
verification-upload-state-committed = diterima
verification-upload-state-discarded = dibuang
verification-upload-state-rejected = ditolak
verification-upload-ready = { $new } hasil baru dan { $changed } perubahan siap diterima; { $faulty } baris salah
verification-upload-nothing = Berkas ini tidak mengubah apa pun
verification-upload-committed = { $taken } hasil diterima; { $conflicts } keluarga sekarang punya dua hasil
verification-upload-discarded = Berkas ini dibuang; tidak ada yang berubah
verification-upload-rejected = Berkas ini tidak dapat dibaca
verification-take-in = Terima { $rows } hasil
verification-taken = { $visits } hasil tercatat; { $conflicts } keluarga punya dua hasil
verification-put-aside-do = Buang berkas
verification-put-aside = Berkas dibuang; tidak ada yang berubah
verification-cells = Sel yang harus diperbaiki
verification-cells-hint = Baris yang salah tidak ikut diterima. Perbaiki di berkas, lalu unggah lagi.
verification-cell = Sel
verification-column = Kolom
verification-value = Isi
verification-blank = kosong
verification-what-to-do = Yang harus dilakukan
verification-would-change = Hasil yang berubah
verification-would-add = Hasil baru
verification-row = Baris
verification-stands-now = Sekarang
verification-in-file = Di berkas
verification-first-of = { $shown } pertama dari { $all }
verification-cell-unknown = Nomor ini bukan keluarga putaran ini di wilayah Anda. Pakai lembar dari putaran yang benar.
verification-cell-twice = Keluarga ini sudah ada di baris lain. Sisakan satu baris.
verification-cell-mixed = Nomor ini milik keluarga { $suggestion }. Barisnya mungkin tertukar.
verification-cell-list = “{ $value }” bukan pilihan kolom ini. Pilih: { $suggestion }
verification-cell-no-result = Ada isian lain di baris ini, tetapi Hasil kosong. Isi hasilnya.
verification-cell-reason = Alasan hanya untuk TIDAK_LAYAK dan TUNDA. Kosongkan.
verification-cell-date = Isi tanggal kunjungan, misalnya 21/11/2026
verification-cell-future = Tanggal ini belum terjadi. Periksa tanggalnya.
verification-cell-yes-no = Isi Ya atau Tidak
verification-cell-no-head = Keluarga ini belum punya kepala keluarga di registri; perbaiki lewat formulir kunjungan
verification-cell-rule = { $suggestion }

# musdes
verification-minutes-sentence = Berita acara { $done } dari { $villages } desa sudah final
verification-minutes-none = Musdes { $name } belum dicatat; { $eligible } keluarga layak dibacakan
verification-minutes-recorded = Musdes { $name } { $date }: { $after } keluarga sesudahnya, sementara sampai dikunci
verification-minutes-final = Musdes { $name } { $date }: { $after } keluarga, terkunci
verification-minutes-not-yet = belum dicatat
verification-minutes-no-scan = tanpa pindaian
verification-minutes-state-recorded = dicatat, belum berlaku
verification-minutes-state-final = final
verification-minutes-write = Catat berita acara
verification-minutes-correct = Perbaiki berita acara
verification-minutes-save = Simpan berita acara
verification-minutes-saved = Berita acara tersimpan
verification-minutes-number = Nomor berita acara
verification-minutes-rule = Sebelum − dikeluarkan + ditambah harus sama dengan sesudah. Yang dikeluarkan ditandai dan yang ditambah disebut namanya di bawah; jumlah yang ditambah dihitung dari nama.
verification-minutes-future = Musdes belum berlangsung pada tanggal itu
verification-minutes-lock = Kunci berita acara
verification-minutes-lock-off = Unggah pindaian dahulu untuk mengunci
verification-minutes-locked = Berita acara terkunci
verification-minutes-unlock = Buka lagi untuk perbaikan
verification-minutes-unlock-do = Buka lagi
verification-minutes-unlocked = Berita acara dibuka lagi
verification-held = Pelaksanaan
verification-held-on = Tanggal musdes
verification-held-at = Tempat
verification-participants = Jumlah peserta
verification-before = Sebelum
verification-removed-n = Dikeluarkan
verification-added = Ditambah
verification-after = Sesudah
verification-adds-up = cocok
verification-removed-names = Keluarga yang dikeluarkan
verification-removed-why = Dikeluarkan karena
verification-stays = Tetap
verification-mark-removed = Tandai yang dikeluarkan dari { $count } keluarga layak
verification-scan = Pindaian bertanda tangan
verification-scan-none = Belum ada pindaian.
verification-scan-see = Lihat pindaian
verification-scan-file = PDF, atau foto JPEG atau PNG
verification-scan-send = Unggah pindaian
verification-scan-kept = Pindaian tersimpan

error-verification-list-not-committed = Daftar ini belum diterima.
error-verification-list-not-committed-next = Terima daftarnya lebih dahulu, atau pilih daftar lain.
error-verification-no-families = Tidak ada keluarga yang sesuai dengan saringan ini.
error-verification-no-families-next = Naikkan desil, kurangi batas wilayah, atau pilih daftar lain.
error-verification-dates = Putaran berakhir sebelum mulai.
error-verification-dates-next = Pilih tanggal akhir sesudah tanggal mulai.
error-verification-transition = Keadaan putaran sudah berubah, mungkin oleh rekan Anda.
error-verification-transition-next = Muat ulang halaman putaran dan lihat keadaannya sekarang.
error-verification-decree = Sudah ada SK yang bertumpu pada putaran ini.
error-verification-decree-next = Buat putaran baru untuk keluarga yang harus diperiksa lagi.
error-verification-not-open = Putaran ini tidak sedang dibuka.
error-verification-not-open-next = Minta Dinas membuka putaran, atau pilih putaran yang berjalan.
error-verification-not-a-visitor = Orang ini tidak berwenang mengunjungi salah satu desa yang dicentang.
error-verification-not-a-visitor-of = Orang ini tidak berwenang mengunjungi { $village }
error-verification-not-a-visitor-of-next = Pilih petugas yang wilayahnya mencakup semua desa yang dicentang.
error-verification-not-a-visitor-next = Pilih petugas yang wilayahnya mencakup semua desa itu.
error-verification-answers = { $count } isian masih salah.
error-verification-answers-next = Buka “Periksa jawaban Anda” dan perbaiki yang ditandai.
error-verification-no-conflict = Keluarga ini tidak lagi punya dua hasil.
error-verification-no-conflict-next = Lihat hasil yang berlaku di daftar keluarga desa.
error-verification-minutes-negative = Ada angka di bawah nol.
error-verification-minutes-negative-next = Periksa angka berita acara.
error-verification-minutes-too-many = Dikeluarkan { $removed }, padahal sebelumnya hanya { $before }.
error-verification-minutes-too-many-next = Periksa angka berita acara.
error-verification-minutes-sum = Seharusnya { $right } keluarga sesudahnya, bukan { $after }.
error-verification-minutes-sum-next = Periksa angka berita acara.
error-verification-minutes-marked = Berita acara menyebut { $removed } dikeluarkan, Anda menandai { $marked }.
error-verification-minutes-marked-next = Tandai setiap keluarga yang dikeluarkan.
error-verification-minutes-final = Berita acara ini sudah terkunci.
error-verification-minutes-final-next = Buka lagi dengan alasan bila harus diperbaiki.
error-verification-no-scan = Pindaian bertanda tangan belum ada.
error-verification-no-scan-next = Unggah pindaian, lalu kunci berita acara.
error-verification-not-eligible = Salah satu keluarga yang ditandai tidak lagi layak di desa ini.
error-verification-not-eligible-next = Muat ulang halaman dan tandai lagi.
error-verification-no-reason = Tulis alasannya.
error-verification-no-reason-next = Alasan dicatat dalam jejak bersama nama Anda.
error-verification-upload-state = Berkas ini sudah diterima atau dibuang.
error-verification-upload-state-next = Lihat keadaannya di halaman lembar kerja.
error-verification-photo = Berkas ini bukan foto JPEG atau PNG yang dapat dibaca.
error-verification-photo-next = Kembali dan ambil fotonya sekali lagi. Isian lain tidak hilang.
error-verification-scan-missing = Belum ada berkas yang dipilih.
error-verification-scan-missing-next = Pilih PDF atau foto berita acara, lalu unggah.
error-verification-scan-kind = Berkas ini bukan PDF, JPEG, atau PNG.
error-verification-scan-kind-next = Pindai ulang sebagai PDF, atau foto dengan HP.

journal-round-planned = Putaran { $name } disiapkan: { $families } keluarga
journal-round-opened = { $name }: putaran dibuka
journal-round-closed = Putaran { $name } ditutup: { $done } dari { $families } keluarga selesai
journal-round-reopened = Putaran { $name } dibuka lagi
journal-round-cancelled = Putaran { $name } dibatalkan
journal-round-assigned = { $villages } desa putaran { $name } ditugaskan
journal-round-spread = { $villages } desa putaran { $name } dibagi kepada { $visitors } petugas
journal-visit-recorded = { $visits } kunjungan verval dicatat
journal-visit-recorded-layak = { $unmet ->
    [0] Diverval { $visitor }: layak, semua kebutuhan dasar terpenuhi
   *[other] Diverval { $visitor }: layak, { $unmet } kebutuhan belum terpenuhi
}
journal-visit-recorded-perbaikan = Diverval { $visitor }: layak dengan { $corrections } perbaikan, { $unmet } kebutuhan belum terpenuhi
journal-visit-recorded-tidak-layak = Diverval { $visitor }: tidak layak
journal-visit-recorded-tunda = Dikunjungi { $visitor }: ditunda
journal-visit-conflict = Dua hasil verval yang berbeda menunggu keputusan
journal-visit-decided = Diputuskan: hasil { $visitor } berlaku
journal-results-committed = { $visits } hasil verval diterima dari lembar kerja
journal-deliberation-recorded = Musdes dicatat: { $before } − { $removed } + { $added } = { $after } keluarga
journal-deliberation-recorded-removed = Dikeluarkan oleh musdes
journal-deliberation-scanned = Pindaian berita acara musdes diunggah
journal-deliberation-finalised = Berita acara musdes dikunci
journal-deliberation-reopened = Berita acara musdes dibuka lagi

# Musdes: yang ditambah, dan kapan hasilnya berlaku
verification-minutes-provisional = Hasil musdes ini sementara: keluarga yang dikeluarkan tetap ikut diperingkat sampai berita acara dikunci dengan pindaiannya.
verification-name-added = Sebut keluarga yang ditambah
verification-name-added-hint = Ketik nama lalu pilih keluarga dari registri desa ini, atau tulis nama kepala keluarga dan alamatnya bila belum terdaftar. Baris kosong dilewati; simpan untuk mendapat baris tambahan.
verification-added-names = Ditambah oleh musdes
verification-added-unknown = belum ada di registri
error-verification-not-addable = Keluarga yang dipilih tidak dapat ditambahkan.
error-verification-not-addable-next = Pilih keluarga aktif dari desa ini yang belum dibacakan dalam putaran ini.
error-verification-added-incomplete = Keluarga yang ditambah perlu nama dan alamat.
error-verification-added-incomplete-next = Lengkapi baris itu, atau kosongkan seluruhnya.
error-verification-added-twice = Satu keluarga ditambahkan dua kali.
error-verification-added-twice-next = Hapus salah satu barisnya.
verification-nobody-others = Semua { $count } keluarga yang sesuai sudah ada di putaran lain yang belum ditutup. Tutup putaran itu, atau hapus centang "lewati".
verification-nobody-areas = Wilayah yang dipilih tidak punya keluarga yang sesuai; tanpa batas wilayah ada { $count }.
verification-nobody-percentile = Tidak ada keluarga sampai persentil itu; tanpa persentil ada { $count }. Tidak setiap daftar memuat persentil.
verification-nobody-desil = Tidak ada keluarga sampai desil itu; tanpa batas desil ada { $count }.
verification-nobody-together = Batas-batas ini bersama-sama tidak menyisakan keluarga; tanpa batas ada { $count }.
verification-nobody-list = Daftar ini tidak punya keluarga aktif di wilayah Anda. Pilih daftar lain.
