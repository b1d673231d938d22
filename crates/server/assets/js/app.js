// Loads what a page asks for by its data- attributes; every page is complete without it.
// No inline handlers, no eval, no styles written by script: the content policy forbids them.

document.documentElement.classList.add('js-enabled');
document.body.classList.add('js-enabled', 'govuk-frontend-supported');

// attribute -> module that exports `start(element)`
const parts = [
  ['form[data-upload]', './upload.js'],
  ['[data-drop]', './drop.js'],
  ['[data-making]', './download.js'],
  ['[data-scan]', './scan.js'],
  ['[data-sign]', './sign.js'],
  ['[data-photo]', './photo.js'],
  ['[data-geo]', './geo.js'],
  ['[data-keys]', './keys.js'],
  ['[data-hotkeys]', './hotkeys.js'],
  ['[data-pick-all]', './pick.js'],
  ['[data-refresh][id]', './refresh.js'],
  ['form[data-likely]', './likely.js'],
];

const started = new WeakMap();

/** Starts what stands in `root` and has not been started yet; also after htmx has put in a fragment. */
export function enhance(root) {
  for (const [selector, module] of parts) {
    const found = [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
    for (const element of found) {
      const done = started.get(element) ?? new Set();
      if (done.has(module)) continue;
      started.set(element, done.add(module));
      import(module).then(({ start }) => start(element), (error) => console.error(module, error));
    }
  }
  for (const button of root.querySelectorAll('[data-print][hidden]')) button.hidden = false;
  // htmx starts by itself once loaded; a page without hx- attributes never pays for it.
  if (root.querySelector('[hx-get], [hx-post], [hx-boost]')) import('../vendor/htmx.js');
  if (root.querySelector('[data-module^="govuk-"]')) {
    import('../vendor/govuk.js').then(({ ErrorSummary, createAll }) => createAll(ErrorSummary, undefined, root));
  }
}

// Small things that need no module of their own.
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-print], [data-password] button');
  if (!button) {
    for (const menu of document.querySelectorAll('details[data-menu][open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    return;
  }
  if (button.hasAttribute('data-print')) {
    event.preventDefault();
    window.print();
    return;
  }
  const field = document.getElementById(button.getAttribute('aria-controls'));
  const hidden = field.type === 'password';
  field.type = hidden ? 'text' : 'password';
  button.querySelector('span').textContent = hidden ? button.dataset.hide : button.dataset.show;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = document.querySelector('details[data-menu][open]');
  if (menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});
// `/` goes to the search, on every page that has one.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, [contenteditable]')) return;
  const search = document.querySelector('[data-focus-key="/"]');
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
// A filter sends itself when a choice is made in it; its button stays for those without JavaScript.
document.addEventListener('change', (event) => {
  if (event.target.matches?.('form[data-auto] select')) event.target.form.requestSubmit();
});
// A whole-row option shows its choice (the radio itself says it to screen readers).
document.addEventListener('change', (event) => {
  const group = event.target.matches?.('.t-opt input[type=radio]') && event.target.closest('.t-opts');
  if (!group) return;
  for (const option of group.querySelectorAll('.t-opt')) option.classList.toggle('t-opt--on', option.contains(event.target));
});
// A form goes once, however often its button is tapped; coming back by the browser's button frees it again. One that
// downloads leaves the page where it is, and may go again at once: the same paper on another sheet.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented || 'download' in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '1';
  setTimeout(() => delete form.dataset.sent, 8000);
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// On a phone the navigation scrolls sideways: begin where one is.
document.querySelector('.t-nav [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });

document.addEventListener('htmx:after:swap', () => enhance(document.body));
enhance(document.body);
