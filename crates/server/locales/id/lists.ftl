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
