/** Why a choice was not made; nothing where there was no failure. */
export function Failure({ message }: { readonly message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p className="models-error" role="alert">
      {message}
    </p>
  );
}
