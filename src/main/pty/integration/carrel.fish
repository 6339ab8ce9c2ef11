# Carrel's shell integration for fish, read after the user's own files (--init-command). It tells Carrel, by invisible
# escape sequences, where prompts and commands begin and end, the command line, its exit code and the folder.
# Switch it off with shell_integration = false under [terminal] in settings.toml.

# Only this shell may know the word that makes a mark true: it was left in a file, because what a process was started
# with can be read by others.
if test -r "$CARREL_NONCE_FILE"
    read -g __carrel_nonce <$CARREL_NONCE_FILE
    command rm -f -- $CARREL_NONCE_FILE
    set -g __carrel_line_file $CARREL_NONCE_FILE.line
end
set -e CARREL_NONCE_FILE
test -n "$__carrel_nonce"; or return

function __carrel_mark
    builtin printf '\e]633;%s;%s\a' $argv[1] $__carrel_nonce
end

# Makes text fit to stand inside a mark.
function __carrel_escape
    string sub -l 8192 -- "$argv" | string replace -a '\\' '\\\\' | string replace -a ';' '\x3b' | string join '\x0a' | string replace -ra '[[:cntrl:]]' ' '
end

function __carrel_before_prompt --on-event fish_prompt
    if test "$PWD" != "$__carrel_folder"
        set -g __carrel_folder $PWD
        __carrel_mark P\;Cwd=(__carrel_escape $PWD)
        builtin printf '\e]7;file://%s%s\a' $hostname (string escape --style=url -- $PWD)
    end
    __carrel_wrap_prompt
end

function __carrel_before_command --on-event fish_preexec
    __carrel_mark E\;(__carrel_escape $argv[1])
    __carrel_mark C
end

function __carrel_after_command --on-event fish_postexec
    __carrel_mark D\;$status
end

# A line was given up (Ctrl-C).
function __carrel_after_cancel --on-event fish_cancel
    __carrel_mark D\;130
end

# Puts a command that Carrel left in a file on the empty line, as if it had been typed, and tells whether it did.
function __carrel_take_line
    test -r $__carrel_line_file; or return
    if test -n "$(commandline)"
        __carrel_mark 'L;typed'
    else
        read --null --local line <$__carrel_line_file
        commandline --replace -- $line
        __carrel_mark 'L;taken'
    end
end
for mode in default insert
    bind --mode $mode \cx\c] __carrel_take_line
end

# The prompt itself carries the marks, because fish draws it anew at any time. A prompt that was chosen since is taken in too.
function __carrel_wrap_prompt
    functions -q fish_prompt; or return
    string match -q '*__carrel_user_prompt*' -- (functions fish_prompt); and return
    functions -e __carrel_user_prompt
    functions -c fish_prompt __carrel_user_prompt
    function fish_prompt
        set -l __carrel_status $status
        __carrel_mark A
        __carrel_return $__carrel_status
        __carrel_user_prompt
        __carrel_mark B
    end
end

function __carrel_return
    return $argv[1]
end
