# Daftar: unggah, baca, laporan, masuk
job-step-list-survey = Memeriksa berkas
job-step-list-rows = Membaca baris
job-step-list-families = Mencocokkan keluarga dan anggota
job-step-list-commit = Memasukkan ke registri
job-failed = Pekerjaan ini gagal.
job-failed-next = Tidak ada yang berubah. Coba lagi; bila terulang, hubungi administrator.

error-list-unknown = Daftar ini tidak ada lagi.
error-list-unknown-next = Kembali ke halaman Daftar.
error-list-state = Keadaan daftar ini sudah berubah; orang lain mungkin baru saja mengerjakannya.
error-list-state-next = Buka lagi daftarnya untuk melihat keadaan terakhir.
error-list-no-file = Tidak satu pun berkas dapat dibaca.
error-list-no-file-next = Lihat alasan pada tiap berkas, lalu unggah berkas yang benar.
error-list-no-areas = Daftar wilayah belum dimuat, sehingga desa tidak dapat dikenali.
error-list-no-areas-next = Minta administrator memuat daftar wilayah, lalu coba lagi.

journal-list-uploaded = { $list }: { $files } berkas diunggah
journal-list-discarded = { $list } dibuang sebelum masuk
journal-list-downloaded = { $what } dari { $list } diunduh
journal-list-committed = { $list } masuk: { $families } keluarga, { $persons } orang
journal-list-committed-created = Tercatat pertama kali dari { $list } (desil { $desil })
journal-list-committed-new = Juga ada di { $list } (desil { $desil })
journal-list-committed-changed = { $list }: data berubah (desil { $desil })
journal-list-committed-unchanged = { $list }: tidak berubah (desil { $desil })

# Halaman semua daftar
lists-none = Belum ada daftar. Unggah berkas DTSEN atau P3KE yang Anda terima.
lists-only-waiting = { $count } daftar menunggu Anda; belum ada yang masuk.
lists-newest = { $list } adalah daftar terbaru: { $families } keluarga per { $date }.
lists-newest-and-waiting = { $list } adalah daftar terbaru: { $families } keluarga; { $count } daftar lain menunggu Anda.
lists-first-title = Semua pekerjaan bermula dari daftar
lists-first-text = Tuntas membaca berkas DTSEN (CSV) dan P3KE (XLSX) seperti yang diterima dari kementerian. Setiap baris disimpan apa adanya, kesalahannya ditunjukkan, dan tidak ada yang masuk sebelum Anda memutuskan.
lists-first-samples = Belum punya berkas? Cobalah dengan berkas contoh: kabupatennya rekaan, kesalahannya seperti aslinya.
lists-upload = Unggah daftar
lists-samples = Berkas contoh
lists-table = Semua daftar
lists-list = Daftar
lists-date-of = Tanggal daftar
lists-state = Keadaan
lists-families = Keluarga
lists-persons = Orang
lists-files = Berkas
lists-who = Oleh
lists-entered = Masuk
lists-uploaded = Diunggah
lists-source-unknown = Daftar belum dikenali
lists-state-draft = Perlu diperiksa
lists-state-reading = Sedang dibaca
lists-state-ready = Menunggu keputusan
lists-state-committing = Sedang dimasukkan
lists-state-committed = Masuk
lists-state-discarded = Dibuang
lists-state-undone = Ditarik kembali

# Berkas contoh
lists-samples-sentence = { $count } berkas contoh siap dicoba.
lists-samples-none = Tidak ada berkas contoh di pemasangan ini.
lists-samples-none-hint = Berkas contoh dibuat oleh perintah tuntas demo.
lists-samples-foot = Semua orang di dalamnya rekaan (Kabupaten Contoh, 99.01). Unggah berkas keluarga dan anggota dari versi yang sama sekaligus.
lists-file = Berkas
lists-what-for = Kegunaan
lists-size = Ukuran
lists-sample-areas = Daftar wilayah dengan kode Kemendagri dan BPS; dimuat lewat tuntas areas import.
lists-sample-boundaries = Batas desa untuk peta; dimuat lewat tuntas areas import.
lists-sample-members = Anggota keluarga; unggah bersama berkas keluarganya.
lists-sample-families = Keluarga; unggah bersama berkas anggotanya.
lists-sample-other = Berkas daftar.

# Unggah
lists-upload-sentence = Letakkan berkas daftar di sini; Tuntas mengenali daftar, versi, dan formatnya.
lists-upload-more = Tambahkan berkas ke { $list }.
lists-files-label = Berkas daftar
lists-files-hint = CSV, XLSX, XLS, atau ODS; boleh beberapa sekaligus, masing-masing paling besar 512 MB.
lists-upload-do = Unggah
lists-what-happens = Yang terjadi sesudahnya
lists-what-happens-1 = Anda melihat daftar, versi, dan format yang dikenali beserta alasannya, dan boleh mengubahnya.
lists-what-happens-2 = Setiap baris dibaca; kesalahan ditunjukkan di selnya, dan selisih dengan versi lalu dihitung.
lists-what-happens-3 = Baru setelah Anda menekan Masukkan, daftar masuk ke registri.
lists-choose-file = Pilih paling sedikit satu berkas
lists-same-file = { $file } sudah ada di { $list }; tidak ada yang berubah.
lists-file-too-large = { $file } lebih besar dari { $most } MB. Pecah menurut kecamatan, lalu unggah satu per satu.

# Memeriksa rancangan
lists-step-check = Periksa sebelum dibaca
lists-draft-empty = Rancangan ini belum punya berkas.
lists-draft-refused =
    { $count ->
        [1] Berkas ini tidak dapat dibaca; unggah berkas yang benar.
       *[other] Tidak satu pun dari { $count } berkas dapat dibaca; unggah berkas yang benar.
    }
lists-draft-unknown = { $count } berkas belum dikenali; pilih formatnya.
lists-draft-sentence = { $count } dari { $all } berkas dikenali sebagai { $list }; periksa, lalu baca.
lists-not-recognised = Tajuknya tidak cocok dengan format mana pun yang dikenal.
lists-not-recognised-next = Pilih formatnya di bawah, atau minta berkas dengan tajuk aslinya.
lists-columns-missing = Kolom yang wajib ada untuk { $format } tidak ditemukan:
lists-or = atau
lists-why-columns = { $matched } dari { $columns } kolom cocok dengan { $format }
lists-why-header = Tajuk ditemukan sampai baris { $row }
lists-why-version = Versi { $version } tertulis di nama berkas atau judul
lists-unknown-columns = { $count } kolom tidak dikenal
lists-unknown-columns-hint = Isinya tetap disimpan mentah, tetapi tidak dibaca.
lists-which-sheet = Lembar yang dibaca
lists-which-format = Format
lists-choose = Pilih
lists-leave-out = Jangan baca berkas ini
lists-add-file = Tambah berkas
lists-about = Tentang daftar ini
lists-source = Daftar
lists-version = Versi
lists-version-hint = Misalnya 2026Q3 atau 2023
lists-date-hint = Keadaan per tanggal berapa yang dikatakan daftar ini; umur dihitung pada tanggal ini.
lists-giver = Pemberi
lists-giver-hint = Misalnya Bapperida atau BPS
lists-basis = Dasar hukum
lists-basis-hint = Misalnya BAST atau perjanjian kerja sama
lists-letter = Nomor surat
lists-read = Baca berkas
lists-only-staff = Hanya staf yang boleh membaca daftar
lists-nothing-to-read = Tidak ada berkas yang dapat dibaca
lists-choose-source = Pilih daftarnya
lists-version-fault = Isi versi dengan huruf dan angka saja, paling banyak dua puluh, misalnya 2026Q3
lists-choose-format = Pilih format { $file }, atau jangan baca berkasnya
lists-format-other-source = { $format } bukan format daftar yang dipilih
lists-format-misfit = { $file } tidak dapat dibaca sebagai { $format }: kolom wajibnya tidak ada
lists-was-stopped = Pembacaan dihentikan.
lists-was-stopped-next = Tidak ada baris yang disimpan. Baca lagi bila sudah siap.
lists-sheet = lembar { $name }
lists-kind-family = keluarga
lists-kind-person = orang

# Sedang dikerjakan
lists-reading = { $list } sedang dibaca.
lists-reading-rows = { $list } sedang dibaca: { $done } dari { $total } baris.
lists-committing = { $list } sedang dimasukkan ke registri.
lists-stopping = Pembacaan { $list } sedang dihentikan.
lists-stop = Hentikan
lists-reading-hint = Halaman ini boleh ditutup; pembacaan berjalan terus.
lists-committing-hint = Daftar masuk sekaligus atau tidak sama sekali. Halaman ini boleh ditutup.

# Laporan bacaan
lists-report-of = Laporan bacaan { $list }
lists-sentence = { $clear } dari { $data } baris siap masuk; { $blocked } terhalang sampai diperbaiki, { $rejected } ditolak.
lists-sentence-blocked = { $clear } dari { $data } baris siap masuk; { $blocked } terhalang sampai diperbaiki.
lists-sentence-rejected = { $clear } dari { $data } baris siap masuk; { $rejected } ditolak.
lists-sentence-clear = Semua { $data } baris siap masuk.
lists-sentence-in = { $list } masuk: { $families } keluarga, { $persons } orang; { $blocked } baris terhalang, { $rejected } ditolak.
lists-sentence-in-clear = { $list } masuk seluruhnya: { $families } keluarga, { $persons } orang.
lists-sentence-undone = { $list } sudah ditarik kembali dari registri.
lists-bar = Hasil bacaan { $data } baris
lists-bar-description = { $clear } siap masuk, { $blocked } terhalang, { $rejected } ditolak
lists-bar-clear = { $count } siap masuk
lists-bar-in = { $count } masuk
lists-bar-blocked = { $count } terhalang
lists-bar-rejected = { $count } ditolak
lists-legend-clear = { $count } tanpa halangan
lists-legend-blocked = { $count } terhalang: masuk, boleh diverval, belum boleh ke SK
lists-legend-rejected = { $count } ditolak: disimpan sebagai baris mentah
lists-equation = { $all } baris = { $data } data + { $header } judul + { $total } jumlah + { $blank } kosong
lists-adds-up = cocok
lists-adds-up-not = tidak cocok
lists-result = Hasil bacaan
lists-mark-dropped = Tanda awal berkas (BOM) dibuang
lists-file-refused = Tidak dapat dibaca
lists-download-file = Unduh berkas asli
lists-download-findings = Unduh semua temuan
lists-findings = temuan
lists-by-fault = Menurut kesalahan
lists-findings-count = temuan
lists-no-findings = Tidak ada temuan.
lists-several-in-a-cell = Satu sel bisa punya beberapa temuan. Unduhan berisi nomor lengkap dan dicatat di Jejak.
lists-rows-to-see = Baris yang perlu dilihat
lists-rows-shown = { $shown } dari { $total } baris
lists-rows-of = Baris { $file }
lists-all-rows = Kembali ke semua baris yang perlu dilihat
lists-no-rows = Tidak ada baris yang perlu dilihat.
lists-no-rows-hint = Pilih kesalahan di samping untuk melihat barisnya.
lists-row = Baris
lists-row-note = Keterangan
lists-empty-cell = (kosong)
lists-family = Keluarganya
lists-of-row = baris { $row }
lists-source-stays = Nilai sumber tidak pernah diubah; bacaan dan saran berdiri di sampingnya.
lists-fix-also-in = Juga di baris { $rows }
lists-fix-same-as = Sama dengan baris { $row }
lists-fix-nik-says = Menurut NIK: { $value }
lists-fix-suggests = Saran: { $value }
lists-fix-read = Terbaca { $value }
lists-male = laki-laki
lists-female = perempuan
lists-would-compare = Jika dimasukkan: dibanding { $list }
lists-compared = Dibanding { $list }
lists-preview = pratinjau; belum ada yang berubah
lists-diff-new = keluarga baru
lists-diff-known = { $count } sudah dikenal dari daftar lain
lists-diff-unchanged = tidak berubah
lists-diff-changed = berubah: desil { $desil }, alamat { $address }, anggota { $members }, desa { $village }
lists-diff-gone = tidak ada lagi, { $aid } masih menerima bantuan
lists-see = lihat
lists-old-new = lama dan baru
lists-see-them = Lihat keluarganya
lists-compared-with = Dibanding { $list } per { $date }, sebatas kecamatan yang ada di daftar ini. Yang tidak ada lagi tetap di registri.
lists-open = Buka { $list }
lists-first-of-source = Daftar pertama dari sumber ini
lists-first-of-source-text = { $new } keluarga; { $known } di antaranya sudah dikenal dari daftar lain.
lists-not-said = tidak disebut
lists-uploaded-by = Diunggah
lists-reopen = Ubah cara membaca
lists-commit = Masukkan { $count } baris
lists-see-families = Lihat keluarganya
lists-came-in = Masuk { $when } oleh { $who }.
lists-came-in-what = { $families } keluarga ({ $new_families } baru bagi registri) dan { $persons } orang ({ $new_persons } baru); { $moved } orang pindah keluarga.

# Selisih
lists-difference = Selisih keluarga
lists-difference-new = { $count } keluarga baru di { $list }; { $known } sudah dikenal dari daftar lain.
lists-difference-changed = { $count } keluarga berubah sejak { $previous }.
lists-difference-gone = { $count } keluarga { $previous } tidak ada lagi di { $list }; { $aid } masih menerima bantuan.
lists-tab-new = Baru
lists-tab-changed = Berubah
lists-tab-gone = Tidak ada lagi
lists-difference-none = Tidak ada keluarga di bagian ini.
lists-difference-none-hint = Hanya keluarga di wilayah Anda yang tampil.
lists-head = Kepala keluarga
lists-village = Desa
lists-address = Alamat
lists-members = Anggota
lists-desil = Desil
lists-note = Catatan
lists-was = dulu { $value }
lists-no-name = (tanpa nama)
lists-village-unknown = Desa belum dikenal
lists-address-none = Alamat tidak disebut
lists-receives-aid = menerima { $count } bantuan
lists-known-already = dikenal dari daftar lain

# Membuang rancangan
lists-discard = Batalkan
lists-discard-sentence = { $list } belum masuk dan bisa dibuang.
lists-discard-question = Buang daftar ini?
lists-discard-what = { $rows } baris yang sudah dibaca dan berkasnya dihapus dari Tuntas. Registri tidak berubah. Berkas asli di komputer Anda tetap ada dan bisa diunggah lagi.
lists-discard-reason = Alasan (boleh kosong)
lists-discard-do = Buang
lists-keep = Tidak jadi
lists-discarded = { $list } dibuang; registri tidak berubah.
