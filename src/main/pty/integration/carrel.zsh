# Carrel's shell integration for zsh, read in place of ~/.zshenv (ZDOTDIR). It tells Carrel, by invisible escape
# sequences, where prompts and commands begin and end, the command line, its exit code and the folder.
# Switch it off with shell_integration = false under [terminal] in settings.toml.

# Only this shell may know the word that makes a mark true: it was left in a file, because what a process was started
# with can be read by others.
if [[ -r "${CARREL_NONCE_FILE-}" ]]; then
  IFS= builtin read -r __carrel_nonce <"$CARREL_NONCE_FILE"
  command rm -f -- "$CARREL_NONCE_FILE"
  __carrel_line_file=$CARREL_NONCE_FILE.line
fi
unset CARREL_NONCE_FILE

# From here on zsh reads the user's own files, where they always were.
if (( ${+CARREL_ZDOTDIR} )); then
  export ZDOTDIR=$CARREL_ZDOTDIR
  unset CARREL_ZDOTDIR
else
  unset ZDOTDIR
fi
[[ -r "${ZDOTDIR:-$HOME}/.zshenv" ]] && source "${ZDOTDIR:-$HOME}/.zshenv"

__carrel_mark() {
  builtin printf '\e]633;%s;%s\a' "$1" "$__carrel_nonce"
}

# Writes $1 into __carrel_escaped so that it can stand inside a mark.
__carrel_escape() {
  emulate -L zsh
  typeset -g __carrel_escaped=${1[1,8192]}
  __carrel_escaped=${__carrel_escaped//\\/\\\\}
  __carrel_escaped=${__carrel_escaped//;/\\x3b}
  __carrel_escaped=${__carrel_escaped//$'\n'/\\x0a}
  __carrel_escaped=${__carrel_escaped//[[:cntrl:]]/ }
}

__carrel_tell_folder() {
  emulate -L zsh
  setopt extended_glob
  [[ "$PWD" == "${__carrel_folder-}" ]] && return
  typeset -g __carrel_folder=$PWD
  __carrel_escape "$PWD"
  __carrel_mark "P;Cwd=$__carrel_escaped"
  local LC_ALL=C MATCH MBEGIN MEND
  builtin printf '\e]7;file://%s%s\a' "$HOST" "${PWD//(#m)[^a-zA-Z0-9\/._~-]/%${(l:2::0:)$(([##16]#MATCH))}}"
}

# First of all that runs before a prompt, so that the exit code is still the command's.
__carrel_before_prompt() {
  local exit_code=$?
  __carrel_mark "D;$exit_code"
  __carrel_tell_folder
  __carrel_hook
  return $exit_code
}

# The prompt itself carries the marks, because zsh and its themes draw it anew at any time.
# An exported prompt would tell every program the word.
__carrel_after_prompt() {
  local exit_code=$?
  typeset -g +x PS1 PROMPT
  [[ "$PS1" == *"$__carrel_nonce"* ]] || PS1="%{$(__carrel_mark A)%}$PS1%{$(__carrel_mark B)%}"
  __carrel_hook
  (( ${+widgets[__carrel_take_line]} )) || __carrel_bind
  return $exit_code
}

__carrel_before_command() {
  __carrel_escape "$1"
  __carrel_mark "E;$__carrel_escaped"
  __carrel_mark C
  __carrel_hook
}

# Puts a command that Carrel left in a file on the empty line, as if it had been typed, and tells whether it did.
__carrel_take_line() {
  emulate -L zsh
  [[ -r "$__carrel_line_file" ]] || return
  if [[ -n "$PREBUFFER$BUFFER" ]]; then
    __carrel_mark 'L;typed'
  else
    BUFFER=$(<"$__carrel_line_file")
    CURSOR=$#BUFFER
    __carrel_mark 'L;taken'
  fi
}

# At the first prompt: the user's own files, which are read after this one, may make keymaps anew.
__carrel_bind() {
  emulate -L zsh
  local keymap
  zle -N __carrel_take_line
  for keymap in emacs viins vicmd; do bindkey -M $keymap '^X^]' __carrel_take_line; done
}

# Done again and again, because a theme may replace the hooks, or put itself last each time it runs: last is what must see
# the finished prompt.
__carrel_hook() {
  (( ${precmd_functions[(I)__carrel_before_prompt]} )) || precmd_functions=(__carrel_before_prompt $precmd_functions)
  precmd_functions=(${precmd_functions:#__carrel_after_prompt} __carrel_after_prompt)
  (( ${preexec_functions[(I)__carrel_before_command]} )) || preexec_functions+=(__carrel_before_command)
}

if [[ -o interactive && -n "${__carrel_nonce-}" ]]; then
  typeset -ga precmd_functions preexec_functions
  __carrel_hook
fi
