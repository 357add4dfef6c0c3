import learnt from './weights.json' with { type: 'json' }

/** Weights learnt by `npm run faq:train`; in the browser they come with the data of the search. */
export const weights = learnt
