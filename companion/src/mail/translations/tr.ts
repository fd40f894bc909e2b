import type {Words} from './translation.js';

/** Translates the companion's mails and pages into Turkish. No suffix is put on a placeholder. */
export const words: Words = {
  confirm: {
    subject: '{site}: Lütfen hatırlatmanızı onaylayın',
    text: [
      'Birisi, umarız sizsinizdir, {site} için {date} tarihinde bu adrese tek bir hatırlatma gönderilmesini istedi.',
      'Siz onaylamadan hiçbir şey gönderilmez.',
    ],
    button: 'Hatırlatmayı onayla',
  },
  remind: {
    subject: '{site}: Hatırlatmanız',
    text: [
      'Bugün size bir hatırlatma göndermemizi istemiştiniz: {site}, okurlarının desteğiyle yaşıyor.',
      'Bu, o hatırlatma ve tek hatırlatma. Şimdi de uygun değilse hiç sorun değil.',
    ],
    button: 'Siteye git: {site}',
  },
  restore: {
    subject: '{site}: Erişiminiz',
    text: [
      'Birisi, umarız sizsinizdir, {site} desteğinizi başka bir cihazda kullanmak istedi.',
      'Bu bağlantıyı o cihazda açın. {minutes} dakika içinde, bir kez çalışır.',
      'Bunu siz istemediyseniz hiçbir şey yapmayın: bu bağlantı olmadan kimse giremez.',
    ],
    button: 'Bu cihazda devam et',
  },
  why: {
    reminder: 'Bu e-postayı, {site} sitesinde adresinizle bir hatırlatma istendiği için aldınız.',
    restore: 'Bu e-postayı, adresiniz {site} sitesinde girildiği için aldınız.',
  },
  stop: 'Hatırlatma istemiyorum',
  pages: {
    reminder: {
      title: '{date} için bir hatırlatma',
      text: '{site} size o gün bir kez yazar, sonra adresinizi unutur.',
      confirm: 'Evet, hatırlatın',
      stop: 'Hatırlatma istemiyorum',
      erase: 'Adresimle ilgili her şeyi sil',
    },
    confirmed: {
      title: '{date} tarihinde hatırlatacağız',
      text: 'O gün tek bir e-posta. Elinizdeki e-postada bulunan bağlantıyla yine de vazgeçebilirsiniz.',
    },
    stopped: {
      title: 'Hatırlatma gönderilmeyecek',
      text: 'Adresinizi saklamıyoruz; yalnızca kimse yeniden girmesin diye parmak izini tutuyoruz.',
    },
    gone: {
      title: 'Onaylanacak bir şey kalmadı',
      text: 'Bu bağlantının süresi dolmuş ya da daha önce kullanılmış. Bu bağlantıyla hiçbir şey gönderilmez.',
    },
    enter: {
      title: 'Desteğinizi bu cihazda kullanın',
      text: 'Buradan girmek için düğmeye basın. Bağlantı bir kez çalışır.',
      button: 'Gir',
    },
    entered: {
      title: 'Tekrar hoş geldiniz',
      text: 'Bu cihazın artık erişimi var. Desteğiniz için teşekkür ederiz.',
      on: 'Siteye git: {site}',
    },
    expired: {
      title: 'Bu bağlantı artık çalışmıyor',
      text: 'Süresi dolmuş ya da daha önce kullanılmış. Yenisini isteyebilirsiniz.',
      again: 'Yeni bağlantı iste',
    },
    ask: {
      title: 'Bizi zaten destekliyor musunuz?',
      text: 'Ödeme yaparken verdiğiniz adresi girin. Bu adresi tanıyorsak bu cihaza erişim veren bir bağlantı göndeririz.',
      label: 'E-posta adresi',
      button: 'Bana bağlantı gönder',
    },
    asked: {
      title: 'E-postanıza bakın',
      text: 'Bu adres bir destekçimize aitse bir bağlantı yolda. Bir kez çalışır.',
    },
    manage: {
      title: 'Desteğiniz',
      text: 'Ödeme sağlayıcımız Stripe üzerinden desteğinizi görün, değiştirin ya da sonlandırın.',
      button: 'Desteğimi yönet',
    },
    nothing: {
      title: 'Bu cihazı tanımıyoruz',
      text: 'E-postayla gelen bir bağlantıyla ona erişim verebilirsiniz.',
    },
    later: {
      title: 'Olmadı',
      text: 'Lütfen birkaç dakika sonra tekrar deneyin.',
    },
  },
};
