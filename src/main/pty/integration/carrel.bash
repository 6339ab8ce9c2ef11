# Carrel's shell integration for bash, read in place of ~/.bashrc (--init-file). It tells Carrel, by invisible escape
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

# The user's own files, as bash itself would have read them.
if [[ -n "${CARREL_LOGIN_SHELL-}" ]]; then
  unset CARREL_LOGIN_SHELL
  [[ -r /etc/profile ]] && source /etc/profile
  if [[ -r ~/.bash_profile ]]; then
    source ~/.bash_profile
  elif [[ -r ~/.bash_login ]]; then
    source ~/.bash_login
  elif [[ -r ~/.profile ]]; then
    source ~/.profile
  fi
elif [[ -r ~/.bashrc ]]; then
  source ~/.bashrc
fi

# PS0 came with bash 4.4: what is older tells nothing. So does a shell that got no word.
if [[ -z "${__carrel_nonce-}" ]] || ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
  builtin return 0
fi

__carrel_mark() {
  builtin printf '\e]633;%s;%s\a' "$1" "$__carrel_nonce"
}

# Writes $1 into __carrel_escaped so that it can stand inside a mark.
__carrel_escape() {
  __carrel_escaped=${1:0:8192}
  __carrel_escaped=${__carrel_escaped//\\/\\\\}
  __carrel_escaped=${__carrel_escaped//;/\\x3b}
  __carrel_escaped=${__carrel_escaped//$'\n'/\\x0a}
  __carrel_escaped=${__carrel_escaped//[[:cntrl:]]/ }
}

__carrel_tell_folder() {
  [[ "$PWD" == "${__carrel_folder-}" ]] && return
  __carrel_folder=$PWD
  __carrel_escape "$PWD"
  __carrel_mark "P;Cwd=$__carrel_escaped"
  local LC_ALL=C url='' character index
  for ((index = 0; index < ${#PWD}; index++)); do
    character=${PWD:index:1}
    case $character in
      [a-zA-Z0-9/._~-]) url+=$character ;;
      *) builtin printf -v character '%02X' "'$character" && url+="%${character: -2}" ;;
    esac
  done
  builtin printf '\e]7;file://%s%s\a' "$HOSTNAME" "$url"
}

__carrel_return() {
  builtin return "$1"
}

# All that runs before a prompt is this one command, so that a DEBUG trap of the user's sees one command as it did before.
__carrel_before_prompt() {
  local __carrel_exit=$? __carrel_statuses=("${PIPESTATUS[@]}") __carrel_command __carrel_again
  __carrel_mark "D;$__carrel_exit"
  __carrel_tell_folder
  __carrel_history_number=$HISTCMD
  # What the user's commands see as the outcome of the last command.
  __carrel_again="__carrel_return $__carrel_exit"
  if ((${#__carrel_statuses[@]} > 1)); then
    builtin printf -v __carrel_again '__carrel_return %s | ' "${__carrel_statuses[@]}"
    __carrel_again=${__carrel_again% | }
  fi
  for __carrel_command in "${__carrel_prompt_commands[@]}"; do
    builtin eval "$__carrel_again"$'\n'"$__carrel_command"
  done
  # The last of them has set the prompt.
  if [[ "${PS1-}" != *'${__carrel_prompt_end-}'* ]] && shopt -q promptvars; then
    PS1='\[${__carrel_prompt_start-}\]'"$PS1"'\[${__carrel_prompt_end-}\]'
  fi
  [[ "${PS2-}" == *'${__carrel_prompt_more-}'* ]] || PS2='\[${__carrel_prompt_more-}\]'"${PS2-}"
  [[ "${PS0-}" == *__carrel_before_command* ]] || PS0="${PS0-}"'${__carrel_nonce:+$(__carrel_before_command)}'
  return "$__carrel_exit"
}

# Runs in a subshell when a command line was entered. A line that bash did not put into its history is not told.
__carrel_before_command() {
  local line=''
  if [[ "$HISTCMD" != "$__carrel_history_number" ]]; then
    line=$(HISTTIMEFORMAT='' builtin history 1)
    [[ $line =~ ^\ *[0-9]+.\ (.*)$ ]] && line=${BASH_REMATCH[1]}
  fi
  __carrel_escape "$line"
  __carrel_mark "E;$__carrel_escaped"
  __carrel_mark C
}

# Puts a command that Carrel left in a file on the empty line, as if it had been typed, and tells whether it did.
__carrel_take_line() {
  [[ -r "$__carrel_line_file" ]] || return
  if [[ -n "${READLINE_LINE-}" ]]; then
    __carrel_mark 'L;typed'
  else
    # A command substitution in here would make bash 5.2 lose the first word of the line.
    IFS= builtin read -r -d '' READLINE_LINE <"$__carrel_line_file"
    READLINE_POINT=${#READLINE_LINE}
    __carrel_mark 'L;taken'
  fi
}
for __carrel_keymap in emacs vi-insert vi-command; do
  builtin bind -m "$__carrel_keymap" -x '"\C-x\C-]": __carrel_take_line' 2>/dev/null
done
unset __carrel_keymap

# bash-preexec waits for the first prompt to hook itself in behind the user's own files: that is now.
if [[ -n "${__bp_install_string-}" && "${PROMPT_COMMAND[*]-}" == *"$__bp_install_string"* ]]; then
  builtin eval "$__bp_install_string"
fi
__carrel_prompt_start=$(__carrel_mark A)
__carrel_prompt_end=$(__carrel_mark B)
__carrel_prompt_more=$(__carrel_mark K)
__carrel_prompt_commands=("${PROMPT_COMMAND[@]-}")
# Without its attributes: a shell in this one would know the name in it, but not the function.
unset PROMPT_COMMAND
PROMPT_COMMAND=__carrel_before_prompt
