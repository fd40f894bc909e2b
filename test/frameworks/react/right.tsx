import {useRef, useState, type JSX} from 'react';
import type {SupportAppealElement} from 'reader-support/elements';
import type {} from 'reader-support/react';
import {serverRedirect} from 'reader-support/checkout';
import {defaultOffer, type Offer} from 'reader-support/core';

const offer: Offer = {
  id: 'support',
  monthly: {USD: {min: 200, max: 50_000, presets: [200, 500], preset: 500}},
};

export function Article(): JSX.Element {
  const appeal = useRef<SupportAppealElement>(null);
  const [until, setUntil] = useState(0);
  return (
    <article className="story">
      <support-appeal
        ref={appeal}
        id="appeal"
        className="wide"
        campaign="winter"
        format="bar"
        currency="USD"
        checkout={serverRedirect('/companion/checkout')}
        offer={offer}
        copy={{heading: 'A message', body: ['From **{from}** a month.']}}
        onsupport-closed={event => setUntil(event.until)}
        onsupport-remind={event => event.choice === 'tomorrow' && event.preventDefault()}
        onsupport-checkout={event =>
          event.respondWith({type: 'redirect', url: event.intent.attemptId})
        }
      >
        <p>Quiet until {until}</p>
      </support-appeal>
      <support-ask currency="EUR" frequency="monthly" checkout="/checkout" offer={defaultOffer} />
      <support-thanks lang="de" />
      <button onClick={() => appeal.current?.remindLater('next-week')}>Later</button>
      <button onClick={() => appeal.current?.close('already-supporting')}>Already</button>
    </article>
  );
}
