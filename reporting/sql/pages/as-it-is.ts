/** Attributes of what is data, in whatever language: not to be translated. (To Preact's types `translate` is a boolean, which it would not write.) */
export const AS_IT_IS: object = { translate: 'no' };
