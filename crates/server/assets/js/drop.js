// Dropping files on a file field. The field itself does the rest.
export function start(zone) {
  const input = zone.querySelector('input[type=file]');
  const list = zone.querySelector('[data-files]');
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle('is-over', on);
  };
  zone.addEventListener('dragenter', over(true));
  zone.addEventListener('dragover', over(true));
  zone.addEventListener('dragleave', over(false));
  zone.addEventListener('drop', (event) => {
    over(false)(event);
    const dropped = [...event.dataTransfer.files];
    if (!dropped.length) return;
    const files = new DataTransfer();
    for (const file of input.multiple ? dropped : dropped.slice(0, 1)) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  // The names of several files do not fit the field, so they stand below it.
  input.addEventListener('change', () => {
    if (!list) return;
    list.replaceChildren(...[...input.files].map((file) => {
      const line = document.createElement('li');
      const name = document.createElement('span');
      const size = document.createElement('span');
      name.textContent = file.name;
      name.className = 't-any';
      size.textContent = sizeOf(file.size);
      size.className = 't-cap';
      line.append(document.createElement('span'), name, size);
      return line;
    }));
    list.hidden = input.files.length === 0;
  });
}

function sizeOf(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}
