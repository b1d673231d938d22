// A signature drawn with the finger, kept as SVG text in a hidden field. The pad keeps its lines when the phone turns.
import SignaturePad from '../vendor/signature-pad.js';

export function start(box) {
  const canvas = box.querySelector('canvas');
  const field = box.querySelector('input[type=hidden]');
  const pad = new SignaturePad(canvas, { minWidth: 0.8, maxWidth: 2.4, penColor: '#041225' });
  const size = () => {
    const lines = pad.toData();
    const scale = Math.max(window.devicePixelRatio || 1, 1);
    canvas.width = canvas.offsetWidth * scale;
    canvas.height = canvas.offsetHeight * scale;
    canvas.getContext('2d').scale(scale, scale);
    pad.clear();
    pad.fromData(lines);
  };
  pad.addEventListener('endStroke', () => (field.value = pad.toSVG()));
  box.querySelector('[data-clear]').addEventListener('click', () => {
    pad.clear();
    field.value = '';
  });
  new ResizeObserver(size).observe(canvas);
}
