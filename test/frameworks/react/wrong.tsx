import type {JSX} from 'react';
import type {} from 'reader-support/react';

export const wrong: JSX.Element[] = [
  // @ts-expect-error a campaign is named by a string
  <support-appeal campaign={5} />,
  // @ts-expect-error there is no such format
  <support-appeal format="popup" />,
  // @ts-expect-error a checkout is an address or a hook
  <support-appeal checkout={42} />,
  // @ts-expect-error a hook resolves with an outcome
  <support-appeal checkout={() => Promise.resolve('https://buy.stripe.com/x')} />,
  // @ts-expect-error amounts are integers in minor units
  <support-ask offer={{monthly: {USD: {min: '2', max: 500, presets: [200], preset: 200}}}} />,
  // @ts-expect-error there is no such frequency
  <support-ask frequency="weekly" />,
  // @ts-expect-error copy is text in paragraphs
  <support-appeal copy={{body: 'one string'}} />,
  // @ts-expect-error the event is a SupportClosedEvent
  <support-appeal onsupport-closed={(event: MouseEvent) => event.clientX} />,
  // @ts-expect-error this event has no amount
  <support-appeal onsupport-shown={event => event.amount} />,
  // @ts-expect-error there is no such element
  <support-banner />,
];
