/** Update and condition expressions out of plain objects: names stand behind `#`, values behind `:`. */

export interface Expression {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/**
 * Sets and removes attributes if others have just these values; undefined asks for one that is not there.
 * At least one attribute must be set.
 */
export function update(
  set: Readonly<Record<string, unknown>>,
  where: Readonly<Record<string, unknown>>,
  remove: readonly string[] = [],
): Expression {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const name = (attribute: string): string => {
    names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  };
  const sets = Object.entries(set).map(([attribute, value]) => {
    values[`:${attribute}`] = value;
    return `${name(attribute)} = :${attribute}`;
  });
  const conditions = Object.entries(where).map(([attribute, value]) => {
    if (value === undefined) return `attribute_not_exists(${name(attribute)})`;
    values[`:was_${attribute}`] = value;
    return `${name(attribute)} = :was_${attribute}`;
  });
  const removes = remove.length > 0 ? ` REMOVE ${remove.map(name).join(', ')}` : '';
  return {
    UpdateExpression: `SET ${sets.join(', ')}${removes}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
