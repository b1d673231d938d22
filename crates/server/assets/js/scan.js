// Reads a QR code with the camera into a field and sends its form: the browser's own detector where there is one,
// qr-scanner elsewhere. Typing the number always works.
export function start(box) {
  const target = document.getElementById(box.dataset.scan);
  const button = box.querySelector('[data-start]');
  const frame = box.querySelector('.t-cam');
  const video = box.querySelector('video');
  const status = box.querySelector('[data-status]');
  let stop = null;

  const read = (text) => {
    stop?.();
    stop = null;
    navigator.vibrate?.(60);
    status.textContent = status.dataset.read;
    target.value = text;
    target.form?.requestSubmit();
  };
  button.addEventListener('click', async () => {
    if (stop) return;
    frame.hidden = false;
    status.textContent = status.dataset.aim;
    try {
      stop = await ((await native(video, read)) ?? library(video, read));
      button.hidden = true;
    } catch {
      status.textContent = status.dataset.denied;
      target.focus();
    }
  });
  addEventListener('pagehide', () => stop?.());
}

/** The browser's detector, or null. */
async function native(video, read) {
  if (!('BarcodeDetector' in window)) return null;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes('qr_code')) return null;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  video.srcObject = stream;
  await video.play();
  let running = true;
  const stop = () => {
    running = false;
    stream.getTracks().forEach((track) => track.stop());
  };
  const look = async () => {
    if (!running) return;
    const [code] = await detector.detect(video).catch(() => []);
    if (code && running) return read(code.rawValue);
    setTimeout(look, 120);
  };
  look();
  return stop;
}

async function library(video, read) {
  const { default: QrScanner } = await import('../vendor/qr-scanner.min.js');
  const scanner = new QrScanner(video, (result) => read(result.data), { preferredCamera: 'environment', returnDetailedScanResult: true });
  await scanner.start();
  return () => {
    scanner.stop();
    scanner.destroy();
  };
}
