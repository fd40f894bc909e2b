import {expect} from '@open-wc/testing';
import {verdictAttributes, verdictFrom} from '../../src/core/meter/verdict-attributes.js';

describe('verdictAttributes()', () => {
  it('keeps the words of 0.1.0, which an older script reads', () => {
    const verdict = {access: 'locked', reason: 'limit-reached', until: Infinity, left: 0} as const;
    expect(verdictAttributes({...verdict, limit: 5, extraAfterRegistration: 3})).to.deep.equal({
      ...{state: 'locked', because: 'meter-used', left: '0', of: '5', more: '3'},
    });
  });

  it('hands on a reason of a gate of the site, and leaves out what is not there', () => {
    expect(verdictAttributes({access: 'open', reason: 'staff'})).to.deep.equal({
      ...{state: 'open', because: 'staff'},
    });
  });
});

describe('verdictFrom()', () => {
  const readFrom = (attributes: Record<string, string>) =>
    verdictFrom(name => attributes[name] ?? null);

  it('reads back what was written', () => {
    const verdict = {access: 'locked', reason: 'limit-reached', left: 0, limit: 5} as const;
    const whole = {...verdict, extraAfterRegistration: 3};
    expect(readFrom(verdictAttributes(whole))).to.deep.equal(whole);
  });

  it('takes counts that are not there for endless ones', () => {
    expect(readFrom({state: 'open', because: 'toString'})).to.deep.equal({
      ...{access: 'open', reason: 'toString', left: Infinity, limit: Infinity},
      extraAfterRegistration: 0,
    });
  });
});
