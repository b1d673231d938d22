// A photo is made small before it travels: at most 1280 px, JPEG. Drawing it anew drops its hidden data (place, device).
// Where the browser cannot, the photo goes as it is and the server does the same.
const LONGEST = 1280;
const QUALITY = 0.72;

export function start(box) {
  const input = box.querySelector('input[type=file]');
  const status = box.querySelector('[data-status]');
  const preview = box.querySelector('[data-preview]');
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (!file) return;
    const small = await shrink(file).catch(() => null);
    const photo = small ?? file;
    if (small) {
      const files = new DataTransfer();
      files.items.add(small);
      input.files = files.files;
    }
    const picture = new Image();
    picture.alt = '';
    picture.onload = () => URL.revokeObjectURL(picture.src);
    picture.src = URL.createObjectURL(photo);
    preview.replaceChildren(picture);
    status.textContent = `${status.dataset.ready} (${Math.max(1, Math.round(photo.size / 1000))} kB)`;
  });
}

async function shrink(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  // The name is ours: a camera's own name may hold a date or a person.
  return blob && new File([blob], 'foto.jpg', { type: 'image/jpeg' });
}
