/**
 * A light-DOM child for Stripe, which refuses shadow roots. An element that has this one in its shadow
 * root forwards its own slot: `<support-ask><slot name="checkout" slot="checkout"></slot></support-ask>`.
 */
export function mountIn(host: Element): HTMLElement {
  const root = host.getRootNode();
  if (root instanceof ShadowRoot && host.querySelector('slot[slot=checkout]')) {
    return mountIn(root.host);
  }
  let mount = host.querySelector<HTMLElement>('[slot=checkout]');
  if (!mount) {
    mount = document.createElement('div');
    mount.slot = 'checkout';
    host.append(mount);
  }
  return mount;
}
