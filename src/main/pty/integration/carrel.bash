# Carrel's shell integration for bash, read in place of ~/.bashrc (--init-file). It tells Carrel, by invisible escape
# sequences, where prompts and commands begin and end, the command line, its exit code and the folder.
# Switch it off with shell_integration = false under [terminal] in settings.toml.

# Only this shell may know the word that makes a mark true.
__carrel_nonce=$CARREL_NONCE
unset CARREL_NONCE

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

# First of all that runs before a prompt, so that the exit code is still the command's.
__carrel_before_prompt() {
  local exit_code=$?
  __carrel_mark "D;$exit_code"
  __carrel_tell_folder
  __carrel_history_number=$HISTCMD
  return "$exit_code"
}

# Last of all that runs before a prompt: what sets PS1 has done so.
__carrel_after_prompt() {
  [[ "$PS1" == *'${__carrel_prompt_end}'* ]] || PS1+='\[${__carrel_prompt_end}\]'
  [[ "${PS0-}" == *__carrel_before_command* ]] || PS0="${PS0-}"'$(__carrel_before_command)'
  __carrel_mark A
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

__carrel_prompt_end=$(__carrel_mark B)
if [[ "$(declare -p PROMPT_COMMAND 2>/dev/null)" == 'declare -a'* ]]; then
  PROMPT_COMMAND=(__carrel_before_prompt "${PROMPT_COMMAND[@]}" __carrel_after_prompt)
else
  PROMPT_COMMAND=__carrel_before_prompt$'\n'"${PROMPT_COMMAND-}"$'\n'__carrel_after_prompt
fi
