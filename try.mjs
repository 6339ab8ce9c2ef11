import { SandboxManager } from '@anthropic-ai/sandbox-runtime';
import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, rmSync,symlinkSync } from 'node:fs';
mkdirSync('/tmp/runner-try/ws/.git/hooks',{recursive:true});
mkdirSync('/tmp/runner-try/tmp',{recursive:true});
await SandboxManager.initialize({network:{allowedDomains:[],deniedDomains:[],allowAllUnixSockets:true},filesystem:{denyRead:[],allowWrite:[],denyWrite:[]}});
async function run(cmd){
const t=performance.now();
const w = await SandboxManager.wrapWithSandbox(cmd,undefined,{filesystem:{denyRead:['~/.ssh','/tmp','/run','/root/nonexist'],allowRead:['/tmp/runner-try/ws'],allowWrite:['/tmp/runner-try/ws'],denyWrite:['~/.npm/_logs','/tmp/runner-try/ws/.git/hooks','/tmp/runner-try/ws/.git/config']}});
return new Promise(r=>{
const c = spawn('/bin/bash',['-c',w],{stdio:['ignore','inherit','inherit'],cwd:'/tmp/runner-try/ws',env:{PATH:process.env.PATH,HOME:'/root'}});
c.on('exit',(code,s)=>console.log('exit',code,s,performance.now()-t));
c.on('close',()=>{SandboxManager.cleanupAfterCommand();console.log('close',performance.now()-t);r()});
});}
await run('pwd; touch /proc/sys/kernel/hostname && echo HOLE; echo core > /proc/sys/kernel/core_pattern && echo HOLE; mount | grep -E "proc|tmp|npm|git"; ls -la /tmp /run; touch /tmp/inner && echo tmpok; touch .git/hooks/x; touch .git/config; touch ok; ls -la; grep Cap /proc/self/status;  unshare -Ur id; mount -t tmpfs x /mnt; cat /proc/sys/kernel/pid_max; ls -la /dev');
await run('setsid sleep 333 & (setsid nohup sleep 334 >/dev/null 2>&1 &) ; echo started; curl -sS -m 3 http://example.com; ps ax | wc -l; kill -9 -1');
console.log(execFileSync('sh',['-c','ps ax | grep "sleep 33" | grep -v grep; ls -la /tmp/runner-try/ws']).toString());
await SandboxManager.reset();
