import { modelLabel, OFFLINE_GUIDE, splitReference, type ModelReference } from '../../shared/models.ts';

/** `provider/` quiet and the model's own name strong. */
export function ModelName({ reference }: { readonly reference: ModelReference }) {
  return (
    <span className="model-name cut" title={reference}>
      {reference !== OFFLINE_GUIDE && `${splitReference(reference).provider}/`}
      <b>{modelLabel(reference)}</b>
    </span>
  );
}
