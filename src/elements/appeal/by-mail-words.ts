/** What the choice "by e-mail" says, in every language: fetched with it, by the few who are offered it. */

/** Its words. */
export interface ByMailWords {
  readonly label: string;
  readonly button: string;
  readonly asked: string;
  readonly failed: string;
}

/** By language. */
export const byMailWords: Readonly<Record<string, ByMailWords>> = {
  en: {
    label: 'By e-mail as well',
    button: 'Send it',
    asked: 'Please confirm it with the link in the mail we sent you.',
    failed: 'That did not work. Please check the address, or try again later.',
  },
  de: {
    label: 'Auch per E-Mail',
    button: 'Schicken',
    asked: 'Bitte bestätigen Sie mit dem Link in der Mail, die wir Ihnen geschickt haben.',
    failed: 'Das hat nicht geklappt. Bitte prüfen Sie die Adresse oder versuchen Sie es später.',
  },
  fr: {
    label: 'Par e-mail aussi',
    button: 'Envoyer',
    asked: 'Confirmez avec le lien du message que nous vous avons envoyé.',
    failed: 'Cela n’a pas fonctionné. Vérifiez l’adresse ou réessayez plus tard.',
  },
  es: {
    label: 'También por correo',
    button: 'Enviar',
    asked: 'Confírmalo con el enlace del mensaje que te hemos enviado.',
    failed: 'No ha funcionado. Comprueba la dirección o inténtalo más tarde.',
  },
  ru: {
    label: 'И по электронной почте',
    button: 'Прислать',
    asked: 'Подтвердите по ссылке в письме, которое мы вам отправили.',
    failed: 'Не получилось. Проверьте адрес или попробуйте позже.',
  },
  ar: {
    label: 'وعبر البريد أيضًا',
    button: 'أرسلوه',
    asked: 'يرجى التأكيد بالرابط الموجود في الرسالة التي أرسلناها إليك.',
    failed: 'لم ينجح ذلك. تحقّق من العنوان أو حاول لاحقًا.',
  },
  nl: {
    label: 'Ook per e-mail',
    button: 'Stuur',
    asked: 'Bevestig dit met de link in de e-mail die we u hebben gestuurd.',
    failed: 'Dat is niet gelukt. Controleer het adres of probeer het later opnieuw.',
  },
  pt: {
    label: 'Também por e-mail',
    button: 'Enviar',
    asked: 'Confirme pelo link no e-mail que enviamos para você.',
    failed: 'Não funcionou. Confira o endereço ou tente mais tarde.',
  },
  it: {
    label: 'Anche via e-mail',
    button: 'Invia',
    asked: 'Conferma con il link nell’e-mail che ti abbiamo inviato.',
    failed: 'Non ha funzionato. Controlla l’indirizzo o riprova più tardi.',
  },
  pl: {
    label: 'Także e-mailem',
    button: 'Wyślij',
    asked: 'Potwierdź to, klikając link w e-mailu, który do Ciebie wysłaliśmy.',
    failed: 'Nie udało się. Sprawdź adres albo spróbuj później.',
  },
  uk: {
    label: 'І електронною поштою',
    button: 'Надіслати',
    asked: 'Підтвердьте за посиланням у листі, який ми вам надіслали.',
    failed: 'Не вдалося. Перевірте адресу або спробуйте пізніше.',
  },
  tr: {
    label: 'E-postayla da',
    button: 'Gönder',
    asked: 'Lütfen size gönderdiğimiz e-postadaki bağlantıyla onaylayın.',
    failed: 'Olmadı. Adresi kontrol edin ya da daha sonra tekrar deneyin.',
  },
};
