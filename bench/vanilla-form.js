/**
 * Renders the baseline: an appeal written by hand for one page, one language and one currency. It looks
 * like the kit's, but decides, stores and validates nothing.
 */

const presets = {
  monthly: [200, 500, 1000, 2000],
  annual: [2000, 5000, 10000, 20000],
  once: [500, 1000, 2500, 5000],
};
const names = {monthly: 'Monthly', annual: 'Yearly', once: 'Once'};
const per = {monthly: ' per month', annual: ' per year', once: ''};
const dollars = minor => `$${minor / 100}`;

const radio = (name, value, text, checked) =>
  `<label><input type="radio" name="${name}" value="${value}"${checked ? ' checked' : ''}><span>${text}</span></label>`;

const template = document.createElement('template');
template.innerHTML = `
  <style>
    :host {
      display: block;
      color: #17212b;
      background: #f3ecdd;
      font: 1rem/1.45 system-ui, sans-serif;
      border-top: 3px solid #a23a22;
    }
    * { box-sizing: border-box; }
    p, fieldset { margin: 0; padding: 0; border: 0; }
    form, .sheet { display: grid; gap: 1em; }
    .sheet { position: relative; padding: 1.1em 1.25em 0.5em; }
    ::slotted([slot='heading']) { margin: 0; font: 700 1.5em/1.2 Georgia, serif; }
    .copy { font: 1.0625em/1.5 Georgia, serif; }
    ::slotted(p) { margin: 0 0 0.6em; }
    legend { padding: 0; font-weight: 600; }
    .row { display: flex; flex-wrap: wrap; gap: 0.5em; margin-top: 0.5em; }
    .row > * { position: relative; display: flex; flex: 1; min-height: 44px; }
    .amount .row > * { flex-basis: calc(50% - 0.5em); }
    [type='radio'] { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; }
    [type='radio'] + span { flex: 1; align-content: center; text-align: center; padding: 0.3em 0.6em; }
    [type='radio'] + span, .field { border: 1px solid #857a63; border-radius: 2px; }
    :checked + span, .submit { color: #fff; background: #1d536b; border-color: #1d536b; }
    .row > .field { align-items: center; gap: 0.4em; padding: 0 0.7em; }
    .field input { flex: 1; min-width: 3em; width: 0; border: 0; outline: 0; background: none; font: inherit; }
    button { font: inherit; color: inherit; background: none; border: 0; min-height: 44px; padding: 0; cursor: pointer; }
    .submit { width: 100%; min-height: 3em; border-radius: 2px; font-weight: 600; }
    .summary, .leave { font-size: 0.875em; color: #59636d; }
    .leave { display: flex; flex-wrap: wrap; gap: 0 1.5em; border-top: 1px solid #d6ccb8; }
    .leave button { text-decoration: underline; }
    .close { position: absolute; top: 4px; right: 4px; width: 44px; }
    :focus-visible, [type='radio']:focus-visible + span { outline: 3px solid #a23a22; outline-offset: 2px; }
  </style>
  <div class="sheet">
    <div><slot name="heading"></slot><div class="copy"><slot></slot></div></div>
    <form novalidate>
      <fieldset>
        <legend>How often</legend>
        <div class="row">${Object.keys(names)
          .map(one => radio('frequency', one, names[one], one === 'monthly'))
          .join('')}</div>
      </fieldset>
      <fieldset class="amount">
        <legend>Amount per month</legend>
        <div class="row presets"></div>
        <div class="row">
          ${radio('amount', 'custom', 'Other', false)}
          <span class="field">$<input name="custom" inputmode="decimal" aria-label="Other amount"></span>
        </div>
      </fieldset>
      <p role="alert"></p>
      <button class="submit"></button>
      <p class="summary"></p>
    </form>
    <p class="summary">Change it or stop it whenever you like.</p>
    <div class="leave">
      <button type="button">Remind me later</button>
      <button type="button">I already support you</button>
      <button type="button">Not this campaign</button>
    </div>
    <button class="close" type="button" aria-label="Close">✕</button>
  </div>`;

class VanillaForm extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({mode: 'open'});
    root.append(template.content.cloneNode(true));
    const form = root.querySelector('form');
    this.form = form;
    this.fill('monthly');
    form.addEventListener('input', ({target}) => {
      if (target.name === 'frequency') this.fill(target.value);
      if (target.name === 'custom') form.amount.value = 'custom';
      this.tell();
    });
    form.addEventListener('submit', event => {
      event.preventDefault();
      location.assign(`/checkout?amount=${this.amount()}`);
    });
    const leave = root.querySelectorAll('.leave button, .close');
    for (const button of leave) button.addEventListener('click', () => this.remove());
  }

  fill(frequency) {
    const amounts = presets[frequency].map((minor, at) =>
      radio('amount', minor, dollars(minor), at === 1),
    );
    this.form.querySelector('.presets').innerHTML = amounts.join('');
    this.form.querySelector('.amount legend').textContent = `Amount${per[frequency]}`;
    this.tell();
  }

  amount() {
    const {amount, custom} = this.form;
    return amount.value === 'custom' ? Number(custom.value) * 100 : Number(amount.value);
  }

  tell() {
    const text = dollars(this.amount()) + per[this.form.frequency.value];
    this.form.querySelector('.submit').textContent = `Support with ${text}`;
    this.form.querySelector('.summary').textContent = `You will pay ${text}. Next: Stripe.`;
  }
}

customElements.define('vanilla-form', VanillaForm);
