/** How the docs page looks. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d8d8d0, #3a3a38); --soft: light-dark(#f5f5f0, #222220); --accent: light-dark(#b33c00, #ff9a5c); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { margin: 0 } h2 { margin: 3rem 0 0; text-transform: capitalize } h3 { margin: 0; overflow-wrap: anywhere }
h3 b { color: var(--accent); font-size: .8em; letter-spacing: .05em }
nav { display: flex; gap: 1rem; flex-wrap: wrap } a { color: var(--accent) } small { opacity: .7 }
section { border: 1px solid var(--line); border-radius: 6px; padding: 1rem; margin: 1rem 0; overflow-x: auto }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 } th { text-align: left; font-weight: 600; font-size: .8em; opacity: .7 }
td, th { padding: .3rem .6rem .3rem 0; border-top: 1px solid var(--line); vertical-align: top } tr:first-child th { border: 0 }
code, pre { font: .9em ui-monospace, monospace; background: var(--soft); border-radius: 3px; padding: 0 .2em } pre { padding: .8rem; overflow-x: auto }
`;
