household-change = Ubah susunan keluarga
household-changes = Perubahan keluarga
household-choose-sentence = Apa yang berubah di keluarga { $name }?
household-choose-none = Keluarga { $name } tidak aktif lagi: susunannya tidak dapat diubah
household-choose-do = Catat
household-needs-second = Perlu persetujuan
household-waiting-here = { $kind } menunggu persetujuan

household-birth = Kelahiran
household-birth-about = Anak yang baru lahir menjadi anggota keluarga
household-birth-ask = Siapa yang lahir di keluarga { $name }?
household-birth-check = Periksa kelahiran di keluarga { $name }
household-birth-on = Tanggal lahir
household-death = Kematian
household-death-about = Anggota yang meninggal tidak dihitung dan tidak diundang lagi
household-death-ask = Siapa yang meninggal di keluarga { $name }?
household-death-check = Periksa kematian di keluarga { $name }
household-death-on = Tanggal meninggal
household-arrival = Anggota datang
household-arrival-about = Seseorang dari luar tinggal bersama keluarga ini
household-arrival-ask = Siapa yang datang ke keluarga { $name }?
household-arrival-check = Periksa anggota yang datang ke keluarga { $name }
household-departure = Anggota pergi dari kabupaten
household-departure-about = Seorang atau beberapa anggota pindah ke luar kabupaten
household-departure-ask = Siapa yang pergi dari keluarga { $name }?
household-departure-check = Periksa anggota yang pergi dari keluarga { $name }
household-head = Ganti kepala keluarga
household-head-about = Anggota lain menjadi kepala keluarga
household-head-ask = Siapa kepala keluarga { $name } yang baru?
household-head-check = Periksa kepala keluarga baru di keluarga { $name }
household-split = Pecah keluarga
household-split-about = Beberapa anggota membentuk keluarga sendiri
household-split-ask = Siapa dari keluarga { $name } yang membentuk keluarga baru?
household-split-check = Periksa pemecahan keluarga { $name }
household-merge = Gabung keluarga
household-merge-about = Keluarga lain masuk ke keluarga ini
household-merge-ask = Keluarga mana yang masuk ke keluarga { $name }?
household-merge-check = Periksa penggabungan ke keluarga { $name }
household-move = Pindah alamat
household-move-about = Seluruh keluarga pindah di dalam kabupaten
household-move-ask = Ke mana keluarga { $name } pindah?
household-move-check = Periksa kepindahan keluarga { $name }
household-move-out = Keluar dari kabupaten
household-move-out-about = Seluruh keluarga pindah ke luar kabupaten
household-move-out-ask = Kapan keluarga { $name } keluar dari kabupaten?
household-move-out-check = Periksa kepergian keluarga { $name }
household-move-in = Kembali ke kabupaten
household-move-in-about = Keluarga yang pernah keluar tinggal di sini lagi
household-move-in-ask = Di mana keluarga { $name } tinggal sekarang?
household-move-in-check = Periksa kembalinya keluarga { $name }
household-new-family = Keluarga pindah masuk
household-new-family-about = Keluarga dari luar kabupaten yang belum tercatat
household-new-family-ask = Siapa kepala keluarga yang pindah masuk?
household-new-family-check = Periksa keluarga baru { $name }
household-new-family-of = Keluarga baru { $name }
household-same = Orang yang sama
household-nik = Perbaiki NIK
household-nik-about = Nomor yang keliru diganti; nomor lama tetap tersimpan dan dapat dicari
household-nik-ask = NIK siapa di keluarga { $name } yang keliru?
household-nik-check = Periksa NIK yang diperbaiki di keluarga { $name }

household-will-wait = Perubahan ini berlaku setelah disetujui orang kedua.
household-see-holder = Lihat pemegang nomor itu
household-going = Siapa yang ikut
household-going-hint = Pilih hubungan tiap orang dalam keluarga baru. Satu orang menjadi kepalanya.
household-stays = Tetap di keluarga ini
household-head-of-new = Kepala keluarga baru
household-who-goes = Siapa yang pergi
household-who = Siapa
household-heir = Kepala bagi yang tinggal
household-heir-hint = Isi hanya bila kepala keluarga termasuk yang pergi atau meninggal.
household-heir-none = Kepala keluarga tetap
household-other-search = Cari keluarga lain
household-other-search-hint = Nama, alamat, NIK atau nomor KK
household-other-find = Cari
household-other = Keluarga yang masuk
household-other-none = Tidak ada keluarga yang cocok. Coba nama anggota lain atau nomor KK.
household-others = Hubungan mereka dengan kepala keluarga ini
household-name = Nama lengkap
household-birth-date = Tanggal lahir
household-relation = Hubungan dengan kepala keluarga
household-relation-of-old = Hubungan kepala lama dengan kepala baru
household-choose-one = Pilih salah satu
household-choose-word = Pilih
household-nik-right = NIK yang benar
household-nik-hint = 16 angka, dari KTP atau KK
household-nik-of = NIK
household-nik-maybe = Kosongkan bila belum ada
household-kk-of = Nomor KK
household-kk-maybe = Kosongkan bila belum terbit
household-elsewhere = Tinggal di alamat lain
household-elsewhere-hint = Tanpa tanda ini, keluarga baru tinggal di alamat yang sama.
household-address-hint = Jalan, nomor, dusun
household-on = Tanggal kejadian
household-reason = Dasar perubahan
household-reason-hint = Misalnya surat keterangan desa, akta, atau laporan siapa
household-check = Periksa perubahan
household-cancel = Batal
household-before = Sebelum
household-after = Sesudah
household-before-none = Belum ada
household-nobody = Tidak ada anggota
household-facts = Yang berubah
household-see-family = Buka keluarga
household-age = { $age } th
household-mark-new = baru
household-mark-came = masuk
household-mark-died = meninggal
household-mark-goes = ke keluarga { $name }
household-mark-left = keluar dari kabupaten
household-mark-back = kembali
household-mark-same = orang yang sama dengan { $name }
household-mark-nik = NIK { $was } menjadi { $now }
household-mark-relation = semula { $was }
household-family-state = Keadaan keluarga
household-family-active = Aktif
household-family-moved = Keluar dari kabupaten
household-family-dissolved = Bergabung ke keluarga lain
household-family-deceased = Semua anggota meninggal
household-confirm = Simpan perubahan ini?
household-confirm-wait = Usulkan perubahan ini?
household-write = Simpan
household-propose = Usulkan
household-again = Ubah isian

household-list-none-waits = Tidak ada perubahan keluarga yang menunggu persetujuan
household-list-waits = { $count } perubahan keluarga menunggu persetujuan
household-list-waits-me = { $count } perubahan keluarga menunggu persetujuan, { $mine } di antaranya menunggu Anda
household-of-family = Hanya perubahan keluarga { $name }.
household-all-changes = Lihat semua
household-filter = Saring perubahan
household-all-states = Semua keadaan
household-all-kinds = Semua jenis
household-kind = Jenis
household-by = Oleh
household-recorded-on = Dicatat
household-list-none = Belum ada perubahan yang sesuai
household-list-none-hint = Perubahan dicatat dari halaman keluarga.
household-for-you = menunggu Anda
household-gone-family = Keluarga yang sudah ditarik kembali
household-program = Sistem
household-state-proposed = Menunggu persetujuan
household-state-returned = Dikembalikan
household-state-done = Berlaku
household-state-taken-back = Ditarik kembali
household-sentence-proposed = { $kind } di keluarga { $name } menunggu persetujuan
household-sentence-returned = { $kind } di keluarga { $name } dikembalikan
household-sentence-done = { $kind } di keluarga { $name } berlaku
household-sentence-taken-back = { $kind } di keluarga { $name } sudah ditarik kembali
household-about = Tentang perubahan ini
household-proposed-by = Diusulkan oleh
household-recorded-by = Dicatat oleh
household-approved-by = Disetujui oleh
household-returned-by = Dikembalikan oleh
household-returned-reason = Alasan dikembalikan
household-taken-by = Ditarik kembali oleh
household-taken-reason = Alasan ditarik kembali
household-nothing-shown = Perubahan ini tidak pernah berlaku.
household-impossible = Tidak dapat disetujui lagi:
household-impossible-scope = keluarganya tidak ada lagi, atau di luar wilayah Anda.
household-approve-question = Setujui perubahan ini?
household-approve-text = Perubahan langsung berlaku dan tercatat di linimasa semua keluarga yang bersangkutan.
household-approve = Setujui
household-own-waits = Usulan Anda menunggu persetujuan orang lain.
household-return = Kembalikan
household-withdraw = Tarik usulan
household-why = Alasan
household-return-hint = Apa yang kurang atau keliru
household-take-back = Tarik kembali
household-take-back-text = Semua kembali seperti sebelum perubahan ini.
household-take-back-do = Tarik kembali
household-take-back-hint = Mengapa perubahan ini keliru
household-blocked = Belum dapat ditarik kembali. Yang dibangun di atasnya:
household-way-change = perubahan sesudahnya: { $kind }
household-way-list = daftar { $name }
household-way-round = putaran verval { $name }
household-way-determination = { $name }
household-way-programme = program { $name }
household-way-event = { $name }
household-way-number = NIK semula kini milik orang lain
household-way-field = datanya sudah berubah lagi sejak itu
household-flash-waits = Perubahan diusulkan dan menunggu persetujuan
household-flash-done = Perubahan disimpan
household-flash-approved = Perubahan disetujui dan berlaku
household-flash-returned = Usulan dikembalikan
household-flash-withdrawn = Usulan ditarik
household-flash-taken-back = Perubahan ditarik kembali
household-menu = Susunan
household-still-said = Daftar { $list } masih menyebut { $name } sebagai anggota keluarga ini.
household-still-other = Daftar { $list } masih menyebut { $name } di keluarga lain.
household-still-head = Daftar { $list } masih menyebut { $name } sebagai kepala keluarga.
household-still-nik = Daftar { $list } masih menyebut NIK lama { $name }.
household-still = Perubahan dengan tangan tetap berlaku
household-kin = Keluarga yang berkaitan
household-kin-split-here = Dipecah dari keluarga ini pada { $date }
household-kin-split-there = Keluarga asal sampai { $date }
household-kin-merge-here = Masuk ke keluarga ini pada { $date }
household-kin-merge-there = Menerima keluarga ini pada { $date }
household-kin-received = menerima { $amount }
household-state-moved-note = Keluarga ini keluar dari kabupaten.
household-state-dissolved-note = Keluarga ini bergabung ke keluarga lain.
household-state-deceased-note = Semua anggota keluarga ini meninggal.
household-not-served = Tidak dihitung, tidak diundang dan tidak didaftarkan.
household-gone-list = Keluarga ini tidak ada lagi: daftar { $name } yang membawanya ditarik kembali pada { $date } oleh { $who }
household-gone-change = Keluarga ini tidak ada lagi: perubahan yang membentuknya ditarik kembali pada { $date } oleh { $who }
household-gone-reason = Alasan: { $reason }
household-gone-open-list = Buka daftar
household-gone-open-change = Buka perubahan
household-gone = Keluarga tidak ada lagi
household-settings = Persetujuan orang kedua
household-settings-hint = Perubahan keluarga dengan tangan yang baru berlaku setelah disetujui orang lain

task-household = { $count } perubahan keluarga menunggu persetujuan Anda
task-household-detail = Diusulkan orang lain: setujui, atau kembalikan dengan alasan
task-household-action = Periksa

journal-kind-household = Perubahan keluarga
journal-household-changed = { $what ->
    [split] Keluarga dipecah
    [merge] Keluarga digabung
    [head] Kepala keluarga diganti
    [birth] Kelahiran dicatat
    [death] Kematian dicatat
    [arrival] Anggota datang
    [departure] Anggota pergi dari kabupaten
    [move] Keluarga pindah alamat
    [move_out] Keluarga keluar dari kabupaten
    [move_in] Keluarga kembali ke kabupaten
    [new_family] Keluarga pindah masuk
    [same] Dua orang ternyata satu
   *[nik] NIK diperbaiki
}
journal-household-changed-split = { $names } membentuk keluarga baru { $other }
journal-household-changed-split-other = Keluarga baru { $names }, dipecah dari keluarga { $other }
journal-household-changed-merge = Keluarga { $other } masuk ke keluarga ini: { $names }
journal-household-changed-merge-other = Keluarga ini masuk ke keluarga { $other }
journal-household-changed-head = Kepala keluarga diganti: { $head } menjadi { $names }
journal-household-changed-birth = Lahir: { $names }
journal-household-changed-death = Meninggal: { $names }
journal-household-changed-arrival = Datang: { $names }
journal-household-changed-departure = Pergi dari kabupaten: { $names }
journal-household-changed-move = Pindah ke { $to }
journal-household-changed-move-out = Keluarga keluar dari kabupaten
journal-household-changed-move-in = Keluarga kembali: { $to }
journal-household-changed-new-family = Keluarga pindah masuk: { $names }
journal-household-changed-same = { $names } tercatat dua kali dan kini satu orang
journal-household-changed-same-other = { $names } tercatat dua kali: catatannya kini di keluarga { $other }
journal-household-changed-nik = NIK { $names } diperbaiki
journal-household-proposed = { $what ->
    [split] Pemecahan keluarga diusulkan
    [merge] Penggabungan keluarga diusulkan
    [head] Penggantian kepala keluarga diusulkan
    [birth] Kelahiran diusulkan
    [death] Kematian diusulkan
    [arrival] Kedatangan anggota diusulkan
    [departure] Kepergian anggota diusulkan
    [move] Kepindahan diusulkan
    [move_out] Kepergian keluarga diusulkan
    [move_in] Kembalinya keluarga diusulkan
    [new_family] Keluarga baru diusulkan
    [same] Penyatuan dua orang diusulkan
   *[nik] Perbaikan NIK diusulkan
}
journal-household-returned = Usulan perubahan keluarga dikembalikan
journal-household-taken-back = { $what ->
    [split] Pemecahan keluarga ditarik kembali
    [merge] Penggabungan keluarga ditarik kembali
    [head] Penggantian kepala keluarga ditarik kembali
    [birth] Kelahiran ditarik kembali
    [death] Kematian ditarik kembali
    [arrival] Kedatangan anggota ditarik kembali
    [departure] Kepergian anggota ditarik kembali
    [move] Kepindahan ditarik kembali
    [move_out] Kepergian keluarga ditarik kembali
    [move_in] Kembalinya keluarga ditarik kembali
    [new_family] Keluarga baru ditarik kembali
    [same] Dua orang yang disatukan dipisahkan lagi
   *[nik] Perbaikan NIK ditarik kembali
}

error-household-no-reason = Dasar perubahan belum diisi
error-household-no-reason-next = Tulis surat, akta atau laporan yang menjadi dasarnya.
error-household-in-future = Tanggal ini belum tiba
error-household-in-future-next = Isi tanggal kejadian, paling akhir hari ini.
error-household-too-long-ago = Tanggal ini terlalu lama
error-household-too-long-ago-next = Periksa tahunnya.
error-household-not-active = Keluarga ini tidak aktif: sudah keluar, bergabung ke keluarga lain, atau tidak ada anggotanya
error-household-not-active-next = Buka keluarga untuk melihat apa yang terjadi padanya.
error-household-not-away = Keluarga ini tidak tercatat keluar dari kabupaten
error-household-not-away-next = Untuk alamat baru di dalam kabupaten, pilih pindah alamat.
error-household-not-a-member = Orang ini bukan anggota keluarga, atau sudah meninggal atau pergi
error-household-not-a-member-next = Buka lagi formulirnya dan pilih dari anggota yang ada.
error-household-nobody-named = Belum ada yang dipilih
error-household-nobody-named-next = Pilih paling sedikit satu orang.
error-household-everybody-leaves = Semua anggota akan pergi
error-household-everybody-leaves-next = Sisakan paling sedikit satu orang, atau catat seluruh keluarga pindah.
error-household-one-head = Keluarga baru harus punya tepat satu kepala
error-household-one-head-next = Pilih satu orang sebagai kepala keluarga baru.
error-household-head-needed = Kepala keluarga tidak tinggal lagi
error-household-head-needed-next = Pilih kepala bagi yang tinggal.
error-household-head-leaves = Kepala yang dipilih tidak tinggal di keluarga ini
error-household-head-leaves-next = Pilih salah satu anggota yang tinggal.
error-household-is-head = Orang ini sudah kepala keluarga
error-household-is-head-next = Pilih anggota lain.
error-household-two-heads = Satu keluarga hanya punya satu kepala
error-household-two-heads-next = Pilih hubungan lain.
error-household-same-family = Keluarga tidak dapat digabung dengan dirinya sendiri
error-household-same-family-next = Pilih keluarga lain.
error-household-other-not-active = Keluarga itu tidak aktif lagi
error-household-other-not-active-next = Pilih keluarga lain.
error-household-no-name = Nama belum diisi
error-household-no-name-next = Tulis nama lengkap dengan huruf.
error-household-death-before-birth = Tanggal meninggal mendahului tanggal lahir
error-household-death-before-birth-next = Periksa tanggalnya, atau tanggal lahir orang itu.
error-household-birth-after = Tanggal lahir sesudah tanggal kejadian
error-household-birth-after-next = Periksa kedua tanggal.
error-household-nik-other-birth = Tanggal lahir tidak cocok dengan NIK
error-household-nik-other-birth-next = Bandingkan dengan KTP atau KK.
error-household-nik-other-sex = Jenis kelamin tidak cocok dengan NIK
error-household-nik-other-sex-next = Bandingkan dengan KTP atau KK.
error-household-same-nik = NIK ini sudah tercatat pada orang ini
error-household-same-nik-next = Isi nomor yang benar, atau batalkan.
error-household-no-address = Alamat belum diisi
error-household-no-address-next = Tulis jalan, nomor atau dusun.
error-household-same-place = Keluarga sudah tinggal di alamat ini
error-household-same-place-next = Pilih desa lain, atau ubah alamatnya.
error-household-same-person = Ini orang yang itu juga
error-household-same-person-next = Pilih orang lain yang ternyata sama.
error-household-given-up = Salah satunya sudah disatukan dengan orang lain
error-household-given-up-next = Buka halamannya: di sana tertulis ia satu dengan siapa.
error-household-both-dead = Keduanya tercatat meninggal
error-household-both-dead-next = Tidak ada lagi yang perlu disatukan; riwayat keduanya tetap tersimpan.
error-household-one-dead = Yang satu tercatat meninggal, yang lain hidup
error-household-one-dead-next = Tarik kembali catatan meninggal yang keliru, atau catat dulu kematian yang lain.
error-household-kept-away = Orang yang dipertahankan tidak tinggal di keluarga mana pun di kabupaten
error-household-kept-away-next = Pertahankan catatan yang satu lagi.
error-household-unlike = Data keduanya berlawanan
error-household-unlike-next = Bandingkan jenis kelamin, tanggal lahir dan NIK, lalu nyatakan bahwa Anda sudah memeriksanya.
error-household-nik-held = NIK ini sudah milik orang lain
error-household-nik-held-next = Bandingkan kedua KTP; perbaiki dulu NIK pemegang yang keliru.
error-household-nik-held-elsewhere = NIK ini sudah milik seseorang di luar wilayah Anda
error-household-nik-held-elsewhere-next = Periksa angkanya, lalu tanyakan kepada Dinas Sosial.
error-household-kk-held = Nomor KK ini sudah milik keluarga lain
error-household-kk-held-next = Periksa angkanya, atau kosongkan sampai KK baru terbit.
error-household-kk-held-elsewhere = Nomor KK ini sudah milik keluarga di luar wilayah Anda
error-household-kk-held-elsewhere-next = Periksa angkanya, atau kosongkan sampai KK baru terbit.
error-household-no-such-village = Desa ini tidak ada
error-household-no-such-village-next = Pilih desa dari daftar.
error-household-own-proposal = Usulan sendiri tidak dapat disetujui sendiri
error-household-own-proposal-next = Minta orang lain yang berwenang memeriksanya.
error-household-not-now = Perubahan ini sudah diputuskan: { $state }
error-household-not-now-next = Buka perubahannya untuk melihat keadaannya sekarang.
error-household-in-the-way = Perubahan ini tidak dapat ditarik kembali, karena di atasnya dibangun: { $what }
error-household-in-the-way-next = Tarik kembali yang di atasnya lebih dulu.
