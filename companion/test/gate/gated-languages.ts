/** Provides words in scripts that are more than one byte a letter, and pages around them. */

/** A sentence in each script, of different words, so that a part of it can be told from the others. */
export const languages: Readonly<Record<string, string>> = {
  Latin: 'Über der Mole läutete die Glocke zwölfmal, façade à la Noël',
  Cyrillic: 'Смотритель маяка оставил фонарь у причала и ушёл домой',
  Greek: 'Ο φαροφύλακας άφησε το φανάρι στην προβλήτα και έφυγε',
  Arabic: 'ترك حارس المنارة الفانوس على الرصيف ومضى إلى بيته',
  Hebrew: 'שומר המגדלור השאיר את הפנס על המזח והלך לביתו',
  Han: '灯塔看守人把灯笼留在码头上然后回家去了没有再回来',
  Kana: 'とうだいもりはあかりをさんばしにおいてうちへかえりました',
  Hangul: '등대지기는 등불을 부두에 두고 집으로 돌아갔다고 말했다',
  Thai: 'คนเฝ้าประภาคารวางตะเกียงไว้ที่ท่าเรือแล้วกลับบ้านไป',
  Devanagari: 'प्रकाशस्तंभ का रखवाला लालटेन घाट पर छोड़कर घर चला गया',
  emoji: '🛥️ 👩🏽‍🔧 ⚓️ 🌊 🔔 the keeper’s lamp 🏮 went out 🌫️ at six',
};

/** Returns a text of that many UTF-16 units, without half a letter at its end. */
export function textOf(sentence: string, length: number): string {
  const text = `${sentence} `.repeat(Math.ceil(length / sentence.length) + 1).slice(0, length);
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}

/** Creates a body that arrives in chunks of this many bytes. */
export function inChunks(text: string | Uint8Array, size: number): ReadableStream<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += size)));
    },
  });
}
