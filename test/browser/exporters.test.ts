import {expect} from '@open-wc/testing';
import {
  toGa4,
  toPlausible,
  toSegment,
  toSnowplow,
  type ExportedEvent,
} from '../../src/browser/analytics/exporters.js';
import {readerEventNames} from '../../src/core/experiments/reader-event.js';

const names = {
  campaign: 'winter',
  experiment: 'autumn-appeal@1',
  arm: 'plain-words',
  placement: 'inline',
};
const amount = {minor: 500, currency: 'USD'};
const aGift: ExportedEvent = {name: 'gift', ...names, amount, frequency: 'monthly', order: 'in_1'};

describe('an event in the names of other tools', () => {
  it('is what Google Analytics 4 knows', () => {
    const promotion = {
      promotion_id: 'winter',
      promotion_name: 'autumn-appeal@1',
      creative_name: 'plain-words',
      creative_slot: 'inline',
    };
    const item = {item_id: 'winter', item_name: 'Support', quantity: 1};
    expect(toGa4({name: 'exposure', ...names})).to.deep.equal({
      name: 'experience_impression',
      params: {exp_variant_string: 'RS-autumn_appeal@1-plain_words'},
    });
    expect(toGa4({name: 'view', ...names})).to.deep.equal({
      name: 'view_promotion',
      params: {...promotion, items: [item]},
    });
    expect(toGa4({name: 'open', ...names}).name).to.equal('select_promotion');
    expect(toGa4({name: 'start', ...names}).name).to.equal('begin_checkout');
    expect(toGa4(aGift)).to.deep.equal({
      name: 'purchase',
      params: {
        ...promotion,
        transaction_id: 'in_1',
        currency: 'USD',
        value: 5,
        items: [{...item, item_category: 'monthly', price: 5}],
      },
    });
    expect(toGa4({...aGift, name: 'refund'}).name).to.equal('refund');
    expect(toGa4({name: 'close'}).name).to.equal('support_close');
  });

  it('is what Segment knows', () => {
    expect(toSegment({name: 'exposure', ...names})).to.deep.equal({
      event: 'Experiment Viewed',
      properties: {
        experiment_id: 'autumn-appeal@1',
        experiment_name: 'autumn-appeal@1',
        variation_id: 'plain-words',
        variation_name: 'plain-words',
      },
    });
    expect(toSegment({name: 'view', ...names})).to.deep.equal({
      event: 'Promotion Viewed',
      properties: {
        promotion_id: 'winter',
        creative: 'plain-words',
        name: 'autumn-appeal@1',
        position: 'inline',
      },
    });
    const {event, properties} = toSegment(aGift);
    expect(event).to.equal('Order Completed');
    expect(properties).to.include({order_id: 'in_1', total: 5, currency: 'USD'});
    expect(properties['products']).to.have.length(1);
    expect(toSegment({name: 'open'}).event).to.equal('Promotion Clicked');
    expect(toSegment({name: 'start'}).event).to.equal('Checkout Started');
    expect(toSegment({name: 'refund'}).event).to.equal('Order Refunded');
  });

  it('is what Snowplow’s ecommerce plugin knows, and self-describing where it knows nothing', () => {
    expect(toSnowplow({name: 'view', ...names})).to.deep.equal({
      method: 'trackPromotionView',
      data: {
        id: 'winter',
        name: 'autumn-appeal@1',
        creative_id: 'plain-words',
        type: 'appeal',
        slot: 'inline',
      },
    });
    expect(toSnowplow({name: 'open'}).method).to.equal('trackPromotionClick');
    expect(toSnowplow({name: 'start'})).to.deep.equal({
      method: 'trackCheckoutStep',
      data: {step: 1},
    });
    expect(toSnowplow(aGift)).to.deep.equal({
      method: 'trackTransaction',
      data: {
        transaction_id: 'in_1',
        revenue: 5,
        currency: 'USD',
        payment_method: 'stripe',
        total_quantity: 1,
      },
    });
    expect(toSnowplow({...aGift, name: 'refund'}).data).to.deep.equal({
      transaction_id: 'in_1',
      currency: 'USD',
      refund_amount: 5,
    });
    const own = 'iglu:org.harbour/appeal/jsonschema/1-0-0';
    expect(toSnowplow({name: 'later', campaign: 'winter'}, own)).to.deep.equal({
      method: 'trackSelfDescribingEvent',
      data: {event: {schema: own, data: {name: 'later', campaign: 'winter'}}},
    });
  });

  it('is what Plausible knows', () => {
    expect(toPlausible(aGift)).to.deep.equal({
      name: 'support: gift',
      options: {
        props: {...names, frequency: 'monthly'},
        revenue: {currency: 'USD', amount: 5},
      },
    });
    expect(toPlausible({...aGift, name: 'refund'}).options.revenue?.amount).to.equal(-5);
    for (const name of readerEventNames) {
      const {name: theirs, options} = toPlausible({name, ...names});
      expect(theirs.length).to.be.below(121);
      expect(Object.keys(options.props).length).to.be.below(31);
    }
  });

  it('counts money in the currency’s own units, and says none where there is none', () => {
    const yen = {...aGift, amount: {minor: 500, currency: 'JPY'}};
    expect(toGa4(yen).params['value']).to.equal(500);
    expect(toGa4({...aGift, amount: {minor: 1234, currency: 'KWD'}}).params['value']).to.equal(
      1.234,
    );
    expect(toGa4({name: 'start'}).params).to.not.have.any.keys('value', 'currency');
  });

  it('has a name everywhere, and no field without a value', () => {
    for (const name of [...readerEventNames, 'gift', 'refund'] as const) {
      const all = [
        toGa4({name}).params,
        toSegment({name}).properties,
        toSnowplow({name}).data,
        toPlausible({name}).options.props,
      ];
      for (const fields of all) expect(Object.values(fields)).to.not.include(undefined);
      expect(toGa4({name}).name).to.match(/^[a-z_]{3,40}$/);
      expect(toSegment({name}).event).to.match(/^[A-Z][A-Za-z ]+$/);
      expect(toSnowplow({name}).method).to.match(/^track[A-Z]/);
    }
  });
});
