/** Finds claims in copy that a site must be able to prove: that most readers do it, or that it is urgent. */

/**
 * The words of claims, by language. `*` stands for an ending. Case, accents, punctuation and the form of
 * letters do not count.
 */
const claims: Readonly<Record<string, readonly string[]>> = {
  en: ['most', 'popular', 'only today', 'today only', 'just today', 'last chance', 'final chance'],
  de: [
    ...['die meisten', 'am meisten', 'meiste', 'meisten', 'meistge*', 'mehrheit'],
    ...['beliebt*', 'populär*', 'nur heute', 'nur noch heute', 'heute nur', 'bloß heute'],
    ...['letzte* chance', 'letzte* gelegenheit', 'letzte* möglichkeit'],
  ],
  fr: [
    ...['la plupart', 'la majorité', 'le plus', 'la plus', 'les plus', 'populaire*'],
    ...["aujourd'hui seulement", "aujourd'hui uniquement", "seulement aujourd'hui"],
    ...["uniquement aujourd'hui", "rien qu'aujourd'hui"],
    ...['dernière* chance*', 'dernière* occasion*', 'dernière* opportunité*'],
  ],
  es: [
    ...['la mayoría', 'el más', 'la más', 'los más', 'las más', 'lo más', 'más elegid*'],
    ...['más popular*', 'popular', 'populares', 'solo hoy', 'solo por hoy', 'hoy solo'],
    ...['solamente hoy', 'únicamente hoy', 'última* oportunidad*'],
  ],
  pt: [
    ...['a maioria', 'o mais', 'os mais', 'as mais', 'mais escolhid*', 'popular', 'populares'],
    ...['só hoje', 'só por hoje', 'hoje só', 'apenas hoje', 'somente hoje', 'unicamente hoje'],
    ...['última* chance*', 'última* oportunidade*', 'última* hipótese*'],
  ],
  it: [
    ...['la maggior parte', 'la maggioranza', 'il più', 'la più', 'i più', 'le più'],
    ...['più scelt*', 'popolare', 'popolari', 'popolarissim*'],
    ...['solo oggi', 'solo per oggi', 'soltanto oggi', 'oggi soltanto', 'unicamente oggi'],
    ...['ultim* occasione', 'ultim* possibilità', 'ultim* chance', 'ultim* opportunità'],
  ],
  nl: [
    ...['meest', 'meeste', 'meesten', 'meestge*', 'merendeel', 'populair*', 'alleen vandaag'],
    ...['vandaag alleen', 'enkel vandaag', 'slechts vandaag', 'laatste kans*'],
  ],
  pl: [
    ...['większość', 'większości', 'najczęściej', 'najwięcej', 'popularn*', 'najpopularniejsz*'],
    ...['tylko dziś', 'tylko dzisiaj', 'wyłącznie dziś', 'wyłącznie dzisiaj', 'jedynie dziś'],
    ...['ostatni* szans*', 'ostatni* okazj*'],
  ],
  tr: [
    ...['en çok', 'en popüler', 'çoğu', 'çoğunlu*', 'popüler*', 'sadece bugün*'],
    ...['yalnızca bugün*', 'yalnız bugün*', 'sırf bugün*', 'son şans*', 'son fırsat*'],
  ],
  ru: [
    ...['большинств*', 'самый', 'самая', 'самое', 'самые', 'наиболее', 'чаще всего'],
    ...['больше всего', 'популярн*', 'только сегодня', 'лишь сегодня', 'сегодня только'],
    ...['последн* шанс*', 'последн* возможност*'],
  ],
  uk: [
    ...['більшіст*', 'більшост*', 'найбільш*', 'найчастіше', 'популярн*', 'найпопулярніш*'],
    ...['тільки сьогодні', 'лише сьогодні', 'сьогодні тільки'],
    ...['останн* шанс*', 'останн* можливіст*', 'останн* нагод*'],
  ],
  ar: [
    ...['معظم', 'ومعظم', 'الأكثر', 'والأكثر', 'أغلب', 'أغلبية', 'الأغلبية', 'غالبية'],
    ...['شائع', 'الشائع', 'رائج', 'الرائج', 'شعبية', 'الشعبية', 'اليوم فقط', 'لليوم فقط'],
    ...['فقط اليوم', 'الفرصة الأخيرة', 'فرصة أخيرة', 'فرصتك الأخيرة', 'آخر فرصة'],
  ],
};

/** English words that are ordinary ones in another language: "most" is a bridge in Polish. */
const ordinary: Readonly<Record<string, readonly string[]>> = {pl: ['most']};

/** Writes words without what they may be spelled with or without: case, accents, punctuation. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\u0640]/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}*]+/gu, ' ');

const patternOf = (words: readonly string[]): RegExp =>
  new RegExp(` (${words.map(word => fold(word).replaceAll('*', '\\p{L}*')).join('|')})(?= )`, 'u');

/**
 * Finds a claim in a text without marks, as it is folded; `undefined` where there is none. In a language
 * whose words are known, only they and English ones count; else those of every language do.
 */
export function findClaim(text: string, language = ''): string | undefined {
  const [tag = ''] = language.toLowerCase().split(/[_-]/);
  const english = claims['en']?.filter(word => !ordinary[tag]?.includes(word)) ?? [];
  const known = Object.hasOwn(claims, tag) ? [claims[tag] ?? []] : Object.values(claims);
  const pattern = patternOf([...english, ...known.flat()]);
  return pattern.exec(` ${fold(text.replaceAll('*', ' '))} `)?.[1];
}
