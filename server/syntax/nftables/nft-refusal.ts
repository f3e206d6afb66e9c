import { refusal, shortened } from '../refusal';

/** The message of a fault: what is wrong in our words, and nft's own; a list keeps to one line. */
export function nftRefusal(reason: string, nft: string): string {
  return refusal(onOneLine(reason), 'nft', onOneLine(nft));
}

function onOneLine(text: string): string {
  return shortened(text).replace(/\s+/g, ' ');
}
