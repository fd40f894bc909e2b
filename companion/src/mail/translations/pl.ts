import type {Words} from './translation.js';

/** Translates the companion's mails and pages into Polish. No past tense depends on the reader’s gender. */
export const words: Words = {
  confirm: {
    subject: 'Potwierdź przypomnienie od redakcji {site}',
    text: [
      'Ktoś, mamy nadzieję, że Ty, poprosił redakcję {site} o wysłanie na ten adres jednego przypomnienia: {date}.',
      'Bez Twojego potwierdzenia nic nie wyślemy.',
    ],
    button: 'Potwierdź przypomnienie',
  },
  remind: {
    subject: 'Twoje przypomnienie od redakcji {site}',
    text: [
      'Mieliśmy dziś przypomnieć, że redakcja {site} utrzymuje się dzięki wsparciu czytelników.',
      'To jest to przypomnienie i kolejnych nie będzie. Jeśli to nadal nie jest dobry moment, nic nie szkodzi.',
    ],
    button: 'Przejdź do {site}',
  },
  restore: {
    subject: 'Twój dostęp do {site}',
    text: [
      'Ktoś, mamy nadzieję, że Ty, chce korzystać z Twojego wsparcia dla {site} na innym urządzeniu.',
      'Otwórz ten link na tamtym urządzeniu. Działa jeden raz, ważny przez {minutes} min.',
      'Jeśli to nie Ty, nie rób nic: bez tego linku nikt nie wejdzie.',
    ],
    button: 'Kontynuuj na tym urządzeniu',
  },
  why: {
    reminder:
      'Ten e-mail przyszedł, ponieważ w serwisie {site} poproszono o przypomnienie na Twój adres.',
    restore: 'Ten e-mail przyszedł, ponieważ w serwisie {site} podano Twój adres.',
  },
  stop: 'Nie chcę przypomnień',
  pages: {
    reminder: {
      title: 'Przypomnienie: {date}',
      text: 'Redakcja {site} napisze do Ciebie jeden raz, tego dnia, a potem zapomni Twój adres.',
      confirm: 'Tak, przypomnijcie mi',
      stop: 'Nie chcę przypomnień',
      erase: 'Usuń wszystko o moim adresie',
    },
    confirmed: {
      title: 'Przypomnimy: {date}',
      text: 'Jeden e-mail, tego dnia. Nadal możesz zmienić zdanie, klikając link w e-mailu, który już masz.',
    },
    stopped: {
      title: 'Przypomnień nie będzie',
      text: 'Nie przechowujemy Twojego adresu, tylko jego skrót, aby nikt nie mógł podać go ponownie.',
    },
    gone: {
      title: 'Nie ma już czego potwierdzać',
      text: 'Ten link wygasł albo został już użyty. Nic przez niego nie wyślemy.',
    },
    enter: {
      title: 'Korzystaj ze swojego wsparcia na tym urządzeniu',
      text: 'Naciśnij przycisk, aby uzyskać tu dostęp. Link działa jeden raz.',
      button: 'Wejdź',
    },
    entered: {
      title: 'Witamy ponownie',
      text: 'To urządzenie ma od teraz dostęp. Dziękujemy za wsparcie.',
      on: 'Przejdź do {site}',
    },
    expired: {
      title: 'Ten link już nie działa',
      text: 'Wygasł albo został już użyty. Możesz poprosić o nowy.',
      again: 'Poproś o nowy link',
    },
    ask: {
      title: 'Już nas wspierasz?',
      text: 'Wpisz adres podany przy płatności. Jeśli go znamy, wyślemy link, który da dostęp temu urządzeniu.',
      label: 'Adres e-mail',
      button: 'Wyślij mi link',
    },
    asked: {
      title: 'Sprawdź pocztę',
      text: 'Jeśli ten adres należy do osoby, która nas wspiera, link jest już w drodze. Działa jeden raz.',
    },
    manage: {
      title: 'Twoje wsparcie',
      text: 'Sprawdź, zmień lub zakończ swoje wpłaty w Stripe, u naszego operatora płatności.',
      button: 'Zarządzaj wsparciem',
    },
    nothing: {
      title: 'Nie znamy tego urządzenia',
      text: 'Możesz dać mu dostęp za pomocą linku z e-maila.',
    },
    later: {
      title: 'Nie udało się',
      text: 'Spróbuj ponownie za kilka minut.',
    },
  },
};
