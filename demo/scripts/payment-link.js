// Checks out without a server: each amount has a Payment Link from Stripe's Dashboard.
import {paymentLinks} from 'reader-support/checkout';
import 'reader-support/define/support-ask';

const ask = document.querySelector('support-ask');
ask.offer = {
  id: 'support',
  monthly: {USD: {min: 200, max: 1000, presets: [200, 500, 1000], preset: 500}},
  once: {USD: {min: 500, max: 100000, presets: [500, 1000, 2500], preset: 1000}},
};
ask.checkout = paymentLinks({
  monthly: {
    USD: {
      200: 'https://buy.stripe.com/test_harbour_monthly_200',
      500: 'https://buy.stripe.com/test_harbour_monthly_500',
      1000: 'https://buy.stripe.com/test_harbour_monthly_1000',
    },
  },
  once: {
    USD: {
      500: 'https://buy.stripe.com/test_harbour_once_500',
      1000: 'https://buy.stripe.com/test_harbour_once_1000',
      2500: 'https://buy.stripe.com/test_harbour_once_2500',
      custom: 'https://buy.stripe.com/test_harbour_once',
    },
  },
});
