/** electron-vite bundles the module for itself and gives the path of the bundle. */
declare module '*?modulePath' {
  const path: string;
  export default path;
}
