# Bingkai, formulir, kesalahan umum
ui-office = Dinas Sosial
ui-office-of = Dinas Sosial { $district }
ui-skip = Langsung ke isi
ui-search = Cari keluarga atau orang
ui-search-hint = Nama, NIK, KK, alamat
ui-main-navigation = Menu utama
ui-to-home = Ke beranda
ui-rows = { $count } baris

nav-home = Beranda
nav-lists = Daftar
nav-registry = Keluarga
nav-areas = Wilayah
nav-verification = Verval
nav-targeting = Penetapan
nav-programmes = Program
nav-delivery = Penyaluran
nav-referrals = Rujukan
nav-journal = Jejak
nav-users = Pengguna

form-summary = Ada yang perlu diperbaiki
form-required = Isi bagian ini
form-choose = Pilih salah satu
form-number-range = Isi angka bulat dari { $least } sampai { $most }
form-rupiah = Isi jumlah rupiah, misalnya 1.500.000
form-date = Isi tanggal sebagai hari/bulan/tahun, misalnya 31/12/2026

error-title-not-found = Halaman tidak ditemukan
error-title-forbidden = Anda tidak berwenang membuka halaman ini
error-title-internal = Tuntas gagal mengerjakan ini
error-title-rule = Belum bisa dikerjakan
error-not-found = Alamat ini tidak ada, atau berada di luar wilayah Anda.
error-not-found-next = Periksa alamatnya, atau cari lewat kotak pencarian.
error-forbidden = Peran Anda tidak mencakup tindakan ini.
error-forbidden-next = Hubungi administrator bila peran Anda seharusnya mencakup ini.
error-bad-request = Isian tidak dapat dibaca.
error-bad-request-next = Kembali ke halaman sebelumnya dan kirim ulang.
error-internal = Tidak ada yang berubah. Kejadian dicatat dengan nomor { $event }.
error-internal-next = Coba lagi. Bila terulang, sampaikan nomor kejadian kepada administrator.
error-title-outage = Server belum dapat melayani
error-storage-full = Tempat penyimpanan server penuh. Yang baru dikirim belum tersimpan; data yang sudah ada aman.
error-storage-full-next = Minta petugas TI mengosongkan ruang di server, lalu kembali ke halaman sebelumnya dan kirim lagi.
error-database-busy = Basis data sedang dipakai pekerjaan besar lain. Yang baru dikirim belum tersimpan; data yang sudah ada aman.
error-database-busy-next = Tunggu sebentar, lalu kembali ke halaman sebelumnya dan kirim lagi.
error-database-lost = Sambungan ke basis data terputus. Yang baru dikirim belum tersimpan; data yang sudah ada aman.
error-database-lost-next = Coba lagi sebentar lagi. Bila tetap begini, minta petugas TI menjalankan “tuntas doctor” di server.
error-event = Nomor kejadian { $event }

job-step-waiting = Menunggu giliran
job-step-starting = Mulai

ui-print = Cetak
ui-show-table = Lihat tabel
ui-table = Tabel
ui-hidden = disamarkan
