/**
 * Leaves out of the script tag's Lit what no element here uses: directives, SVG and MathML templates,
 * bindings inside comments, scripts and tags, decorators, JSON in attributes, styles for browsers
 * without constructable style sheets. A fifth of Lit, on every page that shows an appeal.
 *
 * Each cut names the exact text it replaces, which must stand there once: an upgrade of Lit that moves
 * one fails the build. The npm modules import the site's Lit, untouched.
 */

/** Style sheets without interpolation, adopted. */
const cssTag = `
  export const css = ([text]) => {
    const styleSheet = new CSSStyleSheet();
    styleSheet.replaceSync(text);
    return {styleSheet};
  };
  export const adoptStyles = (root, styles) => {
    root.adoptedStyleSheets = styles.map(({styleSheet}) => styleSheet);
  };
  export const getCompatibleStyle = style => style;
  export const supportsAdoptingStyleSheets = true;
  export class CSSResult {}
  export const unsafeCSS = css;
`;

const cuts = {
  'lit-html/lit-html.js': [
    // Directives.
    [
      'function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
      '',
    ],
    ['D:d,V:M,I:k', 'D:d,I:k'],
    ['t=M(this,t,i),a(t)?t===A', 'a(t)?t===A'],
    ['t=M(this,t,i,0),o=!a(t)', 'o=!a(t)'],
    ['r=M(this,e[s+n],i,n),r===E&&(r=this._$AH[n]),', 'r=e[s+n],'],
    ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
    ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t)', 'u(t)'],
    ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
    [
      'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
      '',
    ],
    [',this._$AN=void 0,this._$AD=t,this._$AM=i}', ',this._$AD=t}'],
    [',this._$AN=void 0,this._$AA=t,this._$AB=i,this._$AM=s,', ',this._$AA=t,this._$AB=i,'],
    [',this.options=e,this._$Cv=e?.isConnected??!0}', ',this.options=e}'],
    [',this._$AN=void 0,this.element=t,this.name=i,this._$AM=e,', ',this.element=t,this.name=i,'],
    ['for(this._$AP?.(!1,!0,s);t!==this._$AB;)', 'for(;t!==this._$AB;)'],
    ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
    // SVG, MathML, and precompiled templates.
    ['let n,l=2===i?"<svg>":3===i?"<math>":"",c=v;', 'let l="",c=v;'],
    ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
    [
      'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}',
      'this.el=S.createElement(f,e);P.currentNode=this.el.content;',
    ],
    [
      'e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s);',
      'e=this._$AC(t);',
    ],
    // Bindings in raw text, in tags and in comments.
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
      '',
    ],
    ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', 'c=p'],
    ['(c=n??v,d=-1)', '(c=v,d=-1)'],
    ['(c=p,n=void 0)', 'c=p'],
    ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', ''],
    [
      ':1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t)),',
      ':i=new r.ctor(h,r.name,r.strings,this,t),',
    ],
    [
      'if(r.data===n)d.push({type:2,index:l});else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
      'r.data===n&&d.push({type:2,index:l});',
    ],
    [
      'class Z{constructor(t,i,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=i,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){M(this,t)}}',
      '',
    ],
    [',F:Z}', '}'],
    // A listener is a function, always there.
    [
      'if((t=M(this,t,i,0)??A)===E)return;const s=this._$AH,e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);e&&this.element.removeEventListener(this.name,this,s),h&&this.element.addEventListener(this.name,this,t),this._$AH=t}',
      'this._$AH===A&&this.element.addEventListener(this.name,this),this._$AH=t}',
    ],
    [
      '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
      'this._$AH.call(this.options.host,t)',
    ],
  ],
  'lit-element/lit-element.js': [
    [
      'connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}',
      '',
    ],
  ],
  '@lit/reactive-element/reactive-element.js': [
    // Decorators and wrapped accessors.
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    ['t.finalize(),void 0!==t.l&&(this.l=[...t.l]),', 't.finalize(),'],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    [
      'if(s.state&&(s.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(t,s),!s.noAccessor){const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}',
      'this._$Ei(),this.elementProperties.set(t,s),e(this.prototype,t,this.getPropertyDescriptor(t,Symbol(),s))',
    ],
    [
      'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)},configurable:!0,enumerable:!0}',
      'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)},configurable:!0,enumerable:!0}',
    ],
    [
      'const t=this.properties,s=[...r(t),...o(t)];for(const i of s)',
      'const t=this.properties;for(const i of r(t))',
    ],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
    [
      'const{is:i,defineProperty:e,getOwnPropertyDescriptor:h,getOwnPropertyNames:r,getOwnPropertySymbols:o,getPrototypeOf:n}=Object',
      'const{is:i,defineProperty:e,getOwnPropertyNames:r,getPrototypeOf:n}=Object',
    ],
    [
      'if(this.hasOwnProperty(d("elementProperties")))',
      'if(this.hasOwnProperty("elementProperties"))',
    ],
    ['if(this.hasOwnProperty(d("finalized")))', 'if(this.hasOwnProperty("finalized"))'],
    ['this.hasOwnProperty(d("properties"))', 'this.hasOwnProperty("properties")'],
    [
      'y[d("elementProperties")]=new Map,y[d("finalized")]=new Map',
      'y.elementProperties=new Map,y.finalized=!0',
    ],
    // Hooks that no element or controller here has.
    [
      'let t=!1;const s=this._$AL;try{t=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)',
      'const s=this._$AL;try{this.willUpdate(s),this.update(s)}catch(t){throw this._$EM(),t}this.hasUpdated=!0,this.updated(s)',
    ],
    [
      '_$AE(t){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}',
      '',
    ],
    [
      'get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}',
      'get updateComplete(){return this._$ES}',
    ],
    ['updated(t){}firstUpdated(t){}', 'updated(t){}'],
    [
      'requestUpdate(t,s,i,e=!1,h){if(void 0!==t){const r=this.constructor;if(!1===e&&(h=this[t]),i??=r.getPropertyOptions(t),',
      'requestUpdate(t,s,i){if(void 0!==t){if(',
    ],
    // Converters of a property's own, and defaults.
    [
      'u={toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},fromAttribute(t,s){let i=t;switch(s){case Boolean:i=null!==t;break;case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}}return i}}',
      'u={toAttribute:(t,s)=>s===Boolean?t?"":null:t,fromAttribute:(t,s)=>s===Boolean?null!==t:t}',
    ],
    ['(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute', 'u.toAttribute'],
    [
      't=i.getPropertyOptions(e),h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;this._$Em=e;const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r,this._$Em=null',
      't=i.getPropertyOptions(e);this._$Em=e,this[e]=u.fromAttribute(s,t.type),this._$Em=null',
    ],
    [
      '!((i.hasChanged??f)(h,s)||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i)))',
      '!f(this[t],s)',
    ],
    [
      'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e',
      'C(t,s,{reflect:e}){(this._$AL.has(t)||this._$AL.set(t,this.hasUpdated?s:void 0),!0===e',
    ],
    ['b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f}', 'b={}'],
    ['"string"==typeof i?i:"string"==typeof t?t.toLowerCase():void 0', 't.toLowerCase()'],
    [
      'const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
      'return s',
    ],
  ],
};

/** The rollup plugin, to be placed after the one that hardens. Throws unless every cut applied once. */
export default function slimLit() {
  return {
    name: 'slim-lit',
    transform(code, id) {
      const path = id.replaceAll('\\', '/');
      if (path.endsWith('/@lit/reactive-element/css-tag.js')) return {code: cssTag, map: null};
      const file = Object.keys(cuts).find(one => path.endsWith(`/node_modules/${one}`));
      if (!file) return null;
      for (const [from, to] of cuts[file]) {
        const count = code.split(from).length - 1;
        if (count !== 1)
          this.error(
            `Lit has changed: expected "${from}" once in ${file} but found it ${count} times`,
          );
        code = code.replace(from, () => to);
      }
      return {code, map: null};
    },
  };
}
