# Temuan pada berkas daftar: kode dengan titik dan garis bawah menjadi garis. Yang berakhiran -help berkata apa yang dilakukan.
severity-reject = Ditolak
severity-block = Terhalang
severity-warn = Peringatan
severity-note = Catatan
severity-reject-help = Disimpan sebagai baris mentah; tidak membuat apa pun.
severity-block-help = Masuk dan boleh diverval, tetapi belum boleh ke SK atau daftar bayar sampai diperbaiki.
severity-warn-help = Diperlihatkan; boleh dilanjutkan.
severity-note-help = Nilai dirapikan atau dibaca dengan longgar; tidak ada yang ditanya.

outcome-stored = Tersimpan
outcome-stored-with-warning = Tersimpan dengan peringatan
outcome-duplicate = Ganda
outcome-unchanged = Tidak berubah
outcome-conflict = Bertentangan
outcome-rejected = Ditolak
outcome-skipped = Dilewati

protected-encrypted = Berkas dikunci dengan kata sandi. Buka di lembar kerja, simpan tanpa kata sandi, lalu unggah lagi.
protected-damaged = Berkas terpotong atau rusak. Unduh atau salin lagi dari asalnya, lalu unggah lagi.
protected-no-list = Bukan daftar: hampir tidak ada baris yang berisi nomor, nama, atau dua sel. Mungkin teks yang terpotong menjadi baris-baris; periksa berkas asalnya.
protected-not-a-table = Berkas ini bukan lembar kerja dan bukan teks berkolom. Simpan sebagai XLSX, XLS, ODS, atau CSV.
protected-too-large = Isi berkas lebih besar dari batas. Pecah menurut kecamatan, lalu unggah satu per satu.
protected-io = Berkas tidak dapat dibaca dari penyimpanan. Coba unggah lagi.

fault-file-encoding = Sandi huruf bukan UTF-8
fault-file-encoding-help = Huruf dibaca dengan sandi lain. Periksa nama yang beraksen; selebihnya tidak ada yang perlu dilakukan.
fault-file-delimiter = Pemisah kolom bukan koma
fault-file-delimiter-help = Kolom dibaca dengan pemisah yang ditemukan. Tidak ada yang perlu dilakukan.
fault-file-header-offset = Tajuk tidak di baris pertama
fault-file-header-offset-help = Pastikan baris tajuk yang dikenali benar; bila tidak, pilih barisnya.
fault-file-unknown-column = Kolom tidak dikenal
fault-file-unknown-column-help = Isinya disimpan mentah dan tampil pada halaman keluarga. Petakan kolom ini bila isinya diperlukan.
fault-file-missing-column = Kolom wajib tidak ada
fault-file-missing-column-help = Berkas tidak dapat dibaca sebagai format ini. Minta berkas lengkap, atau pilih format lain.
fault-file-protected = Berkas terkunci atau rusak, tidak dapat dibuka
fault-file-protected-help = Minta berkas yang utuh tanpa kata sandi, berupa XLSX, XLS, ODS, atau CSV.
fault-file-nik-column-damaged = Kolom nomor rusak oleh lembar kerja
fault-file-nik-column-damaged-help = Angka ke-16 hilang pada banyak baris. Minta berkas asli dengan kolom nomor sebagai teks.

fault-row-unreadable = Baris terpotong, tak terbaca
fault-row-unreadable-help = Baris disimpan mentah dan tidak membuat apa pun. Perbaiki di berkas asal, lalu masukkan lagi.
fault-row-skipped-blank = Baris kosong
fault-row-skipped-blank-help = Dilewati. Tidak ada yang perlu dilakukan.
fault-row-skipped-header = Tajuk terulang
fault-row-skipped-header-help = Dilewati. Tidak ada yang perlu dilakukan.
fault-row-skipped-total = Baris jumlah atau tanda tangan
fault-row-skipped-total-help = Dilewati. Tidak ada yang perlu dilakukan.
fault-row-duplicate = Orang yang sama dua kali
fault-row-duplicate-help = Dihitung satu orang; kedua baris disimpan. Periksa bila isinya berbeda.
fault-row-ragged = Jumlah sel tidak sama dengan tajuk
fault-row-ragged-help = Periksa apakah isi baris bergeser ke kolom sebelah.

fault-nik-empty = NIK kosong
fault-nik-empty-help = Keluarga boleh diverval. Isi NIK dari KTP atau KK sebelum masuk SK.
fault-nik-length = NIK bukan 16 angka
fault-nik-length-help = Bandingkan dengan KTP atau daftar lama, lalu isi yang benar.
fault-nik-characters = NIK berisi huruf atau tanda
fault-nik-characters-help = Sering huruf O untuk angka 0. Bandingkan dengan KTP, lalu isi yang benar.
fault-nik-dummy = NIK tiruan
fault-nik-dummy-help = Angka ini diisi sekadarnya. Isi NIK dari KTP atau KK.
fault-nik-date = Tanggal dalam NIK tidak ada
fault-nik-date-help = Angka 7 sampai 12 harus tanggal lahir. Bandingkan dengan KTP.
fault-nik-serial-zero = Nomor urut NIK 0000
fault-nik-serial-zero-help = Empat angka terakhir tidak lazim. Bandingkan dengan KTP.
fault-nik-scientific = NIK notasi ilmiah
fault-nik-scientific-help = Angkanya hilang dan tidak ditebak. Minta berkas asli, atau isi dari KTP.
fault-nik-suspect-numeric = NIK perlu dipastikan: pernah menjadi angka
fault-nik-suspect-numeric-help = Angka terakhirnya mungkin hilang. Pastikan dengan KTP, KK, atau daftar lain.
fault-nik-from-numeric = NIK dibaca dari sel angka
fault-nik-from-numeric-help = Semua angkanya utuh. Tidak ada yang perlu dilakukan.
fault-nik-cleaned = Spasi, tanda petik dibuang dari NIK
fault-nik-cleaned-help = Tidak ada yang perlu dilakukan.
fault-nik-area-unknown = Wilayah dalam NIK tidak dikenal
fault-nik-area-unknown-help = Enam angka pertama bukan kecamatan yang ada. Bandingkan dengan KTP.
fault-nik-sex-mismatch = Jenis kelamin tidak cocok NIK
fault-nik-sex-mismatch-help = Lihat KTP: mana yang benar, kolom atau NIK.
fault-nik-birthdate-mismatch = Tanggal lahir tidak cocok NIK
fault-nik-birthdate-mismatch-help = Lihat KTP: mana yang benar, kolom atau NIK.
fault-nik-duplicate-file = NIK sama, orang berbeda
fault-nik-duplicate-file-help = Satu NIK hanya milik satu orang. Periksa baris yang lain dan perbaiki yang keliru.
fault-nik-duplicate-registry = NIK sudah milik orang lain di registri
fault-nik-duplicate-registry-help = Bandingkan keduanya di antrean ganda.

fault-kk-empty = Nomor KK kosong
fault-kk-empty-help = Keluarga diberi kunci sendiri. Isi nomor KK saat kunjungan.
fault-kk-length = Nomor KK bukan 16 angka
fault-kk-length-help = Bandingkan dengan kartu keluarga saat kunjungan.
fault-kk-characters = Nomor KK berisi huruf atau tanda
fault-kk-characters-help = Bandingkan dengan kartu keluarga saat kunjungan.
fault-kk-dummy = Nomor KK tiruan
fault-kk-dummy-help = Tidak dipakai untuk menggabungkan keluarga. Isi dari kartu keluarga.
fault-kk-scientific = Nomor KK notasi ilmiah
fault-kk-scientific-help = Angkanya hilang. Minta berkas asli, atau isi dari kartu keluarga.
fault-kk-suspect-numeric = Nomor KK perlu dipastikan: pernah menjadi angka
fault-kk-suspect-numeric-help = Angka terakhirnya mungkin hilang. Pastikan dengan kartu keluarga.
fault-kk-from-numeric = Nomor KK dibaca dari sel angka
fault-kk-from-numeric-help = Semua angkanya utuh. Tidak ada yang perlu dilakukan.
fault-kk-cleaned = Spasi, tanda petik dibuang dari nomor KK
fault-kk-cleaned-help = Tidak ada yang perlu dilakukan.
fault-kk-many-heads = Dua kepala keluarga satu KK
fault-kk-many-heads-help = Periksa saat kunjungan: dua keluarga, atau salah satu bukan kepala.

fault-name-empty = Nama kosong
fault-name-empty-help = Isi nama dari KTP atau KK sebelum masuk SK.
fault-name-characters = Nama berisi angka atau tanda
fault-name-characters-help = Bandingkan dengan KTP, lalu perbaiki namanya.
fault-name-cleaned = Spasi pada nama dirapikan
fault-name-cleaned-help = Tidak ada yang perlu dilakukan.

fault-sex-unknown = Jenis kelamin tidak terbaca
fault-sex-unknown-help = Terima saran dari NIK, atau isi saat kunjungan.

fault-birthdate-empty = Tanggal lahir kosong
fault-birthdate-empty-help = Terima saran dari NIK, atau isi dari KTP.
fault-birthdate-unreadable = Tanggal lahir tidak terbaca
fault-birthdate-unreadable-help = Tidak ada tanggal seperti ini; dikosongkan. Isi dari KTP.
fault-birthdate-ambiguous = Hari dan bulan bisa tertukar
fault-birthdate-ambiguous-help = Dibaca hari di depan. Pastikan dengan KTP.
fault-birthdate-serial = Angka lembar kerja dibaca sebagai tanggal
fault-birthdate-serial-help = Tidak ada yang perlu dilakukan.
fault-birthdate-two-digit-year = Tahun lahir dua angka
fault-birthdate-two-digit-year-help = Abadnya dipilih menurut umur. Periksa bila umurnya janggal.
fault-birthdate-future = Tanggal lahir setelah tanggal daftar
fault-birthdate-future-help = Isi tanggal lahir dari KTP.
fault-birthdate-too-old = Umur lebih dari 110 tahun
fault-birthdate-too-old-help = Periksa tanggal lahir, dan apakah orangnya masih ada.

fault-relation-unknown = Hubungan keluarga tidak dikenal
fault-relation-unknown-help = Dibaca sebagai anggota lain. Isi saat kunjungan.

fault-family-no-head = Keluarga tanpa kepala keluarga
fault-family-no-head-help = Tentukan kepala keluarganya saat kunjungan.
fault-family-many-heads = Keluarga dengan dua kepala
fault-family-many-heads-help = Periksa saat kunjungan: dua keluarga, atau salah satu bukan kepala.
fault-family-no-adult = Tidak ada anggota 17 tahun ke atas
fault-family-no-adult-help = Periksa siapa yang mengasuh, dan apakah anggota dewasa terlewat.
fault-family-members-missing = Keluarga tanpa baris anggota
fault-family-members-missing-help = Masukkan berkas anggotanya, atau isi anggota saat kunjungan.

fault-member-family-missing = Anggota tanpa baris keluarga
fault-member-family-missing-help = Dibuatkan keluarga. Masukkan berkas keluarganya bila ada.

fault-cell-formula-uncached = Rumus tanpa hasil
fault-cell-formula-uncached-help = Dibaca kosong. Buka berkas di lembar kerja, simpan, lalu masukkan lagi.

fault-area-name-conflict = Kode dan nama desa berbeda
fault-area-name-conflict-help = Kodenya yang dipakai. Periksa bila namanya yang benar.
fault-area-unknown = Desa tidak dikenal
fault-area-unknown-help = Terima saran, atau pilih desanya. Tanpa desa keluarga tidak dapat masuk SK.
fault-area-outside-district = Desa di luar kabupaten
fault-area-outside-district-help = Periksa apakah keluarga ini memang tinggal di kabupaten lain.
fault-area-by-name = Desa dikenali dari namanya
fault-area-by-name-help = Tidak ada yang perlu dilakukan.
fault-area-ambiguous = Nama desa lebih dari satu
fault-area-ambiguous-help = Ada beberapa desa bernama ini dan kecamatannya tidak disebut. Pilih desanya.
fault-area-coding-guessed = Jenis kode wilayah dikenali sendiri
fault-area-coding-guessed-help = Dicocokkan dengan tabel kode. Periksa beberapa baris.

fault-desil-range = Desil bukan 1 sampai 10
fault-desil-range-help = Dikosongkan. Periksa di berkas asal.

fault-persentil-range = Persentil bukan 1 sampai 100
fault-persentil-range-help = Dikosongkan. Periksa di berkas asal.

fault-label-unknown = Jawaban tidak ada di daftarnya
fault-label-unknown-help = Tulisan aslinya disimpan, nilainya dikosongkan.
fault-label-synonym = Jawaban ditulis dengan ejaan lain
fault-label-synonym-help = Dibaca menurut daftar ejaan. Tidak ada yang perlu dilakukan.

fault-number-unreadable = Angka tidak terbaca
fault-number-unreadable-help = Dikosongkan. Periksa di berkas asal.

fault-coordinate-swapped = Lintang dan bujur tertukar
fault-coordinate-swapped-help = Sudah dibetulkan. Tidak ada yang perlu dilakukan.
fault-coordinate-outside = Titik di luar Indonesia
fault-coordinate-outside-help = Dikosongkan. Ambil titiknya saat kunjungan.

fault-phone-unreadable = Nomor telepon tidak terbaca
fault-phone-unreadable-help = Dikosongkan. Tanyakan saat kunjungan.
