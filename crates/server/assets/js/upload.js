// Progress of an upload. The same form sends itself without this; the server answers both alike, with the page with its
// faults or with the address of the next page. That one is only named here and not followed: whoever opens it first also
// takes the message that waits for it.
export function start(form) {
  form.addEventListener('submit', (event) => {
    const files = [...form.querySelectorAll('input[type=file]')].flatMap((field) => [...field.files]);
    if (event.defaultPrevented || !files.length) return; // nothing to watch
    event.preventDefault();
    const list = form.querySelector('[data-files]');
    const bar = document.createElement('progress');
    const words = document.createElement('p');
    bar.max = 100;
    words.className = 't-cap';
    words.setAttribute('role', 'status');
    const say = (text) => {
      words.textContent = text;
      bar.setAttribute('aria-label', text);
    };
    say(list.dataset.sending);
    list.after(bar, words);
    const data = new FormData(form, event.submitter ?? undefined);
    const buttons = [...form.querySelectorAll('button')];
    buttons.forEach((button) => (button.disabled = true));

    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('X-Name-Next', '1');
    request.upload.addEventListener('progress', (progress) => {
      if (!progress.lengthComputable) return;
      const share = Math.floor((progress.loaded / progress.total) * 100);
      bar.value = share;
      say(share < 100 ? `${list.dataset.sending}: ${share} %` : list.dataset.reading);
    });
    request.addEventListener('load', () => {
      const next = request.getResponseHeader('location');
      if (next) {
        location.assign(next);
        return;
      }
      if ((request.getResponseHeader('content-type') ?? '').includes('html')) show(request.responseText);
      else failed();
    });
    const failed = () => {
      bar.remove();
      say(list.dataset.failed);
      words.className = 'govuk-error-message';
      buttons.forEach((button) => (button.disabled = false));
      delete form.dataset.sent;
    };
    request.addEventListener('error', failed);
    request.addEventListener('timeout', failed);
    request.send(data);
  });
}

/** Puts the answered page in place of this one without running anything from it. */
export async function show(html) {
  const answer = new DOMParser().parseFromString(html, 'text/html');
  document.title = answer.title;
  document.body.replaceChildren(...answer.body.childNodes);
  const { enhance } = await import(document.querySelector('script[type=module][src*="app.js"]').src);
  enhance(document.body);
  (document.querySelector('.govuk-error-summary') ?? document.querySelector('main'))?.focus();
}
