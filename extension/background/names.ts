// The engine names what it finds by the rule's id; what people call it, and where they revoke it, stands in a file.

import { catalog } from '../shared/catalog';
import type { Judgement, Kind } from '../shared/messages';

/** A key without a name is still a key: where the file cannot be read, the rule's id is its name. */
export async function named(judgement: Judgement): Promise<Judgement> {
  if (judgement.findings.length === 0) return judgement;
  const kinds = await catalog().catch(() => new Map<string, Kind>());
  const nameOf = (name: string, rule: string) => name || (kinds.get(rule)?.name ?? rule);
  const findings = judgement.findings.map((finding) => ({
    ...finding,
    name: nameOf(finding.name, finding.rule),
    provider: finding.provider || (kinds.get(finding.rule)?.provider ?? ''),
    revoke: kinds.get(finding.rule)?.revoke ?? '',
    beside: finding.beside.map((part) => ({ ...part, name: nameOf(part.name, part.rule) })),
  }));
  return { ...judgement, findings };
}
