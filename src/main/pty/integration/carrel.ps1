# Carrel's shell integration for PowerShell, read after the user's own profile (-Command). It tells Carrel, by invisible
# escape sequences, where prompts and commands begin and end, the command line, its exit code and the folder.
# Switch it off with shell_integration = false under [terminal] in settings.toml.

# Only this shell may know the word that makes a mark true: it was left in a file, because what a process was started
# with can be read by others.
if (-not $env:CARREL_NONCE_FILE -or -not (Test-Path -LiteralPath $env:CARREL_NONCE_FILE)) {
  Remove-Item -ErrorAction Ignore Env:CARREL_NONCE_FILE
  return
}
$Global:__Carrel = @{
  Nonce = (Get-Content -LiteralPath $env:CARREL_NONCE_FILE -TotalCount 1)
  Prompt = $function:prompt
  ReadLine = $function:PSConsoleHostReadLine
  HistoryId = 0
  Folder = ''
  IsRunning = $false
}
Remove-Item -LiteralPath $env:CARREL_NONCE_FILE -ErrorAction Ignore
Remove-Item Env:CARREL_NONCE_FILE

function Global:__Carrel-Mark([string] $Text) {
  "$([char]27)]633;$Text;$($Global:__Carrel.Nonce)$([char]7)"
}

# Makes text fit to stand inside a mark.
function Global:__Carrel-Escape([string] $Text) {
  $short = $Text.Substring(0, [Math]::Min(8192, $Text.Length))
  [regex]::Replace($short, '[\\;\x00-\x1f\x7f]', { param($match) '\x{0:x2}' -f [int][char]$match.Value })
}

# What ended before this prompt: a program's own exit code, else whether the last command worked.
function Global:__Carrel-End([bool] $Worked, $ExitCode) {
  if (-not $Global:__Carrel.IsRunning) { return '' }
  $Global:__Carrel.IsRunning = $false
  $code = if ($Worked) { 0 } elseif ($ExitCode -is [int] -and $ExitCode -ne 0) { $ExitCode -band 255 } else { 1 }
  __Carrel-Mark "D;$code"
}

function Global:__Carrel-Folder {
  $location = Get-Location
  if ($location.Provider.Name -ne 'FileSystem' -or $location.ProviderPath -eq $Global:__Carrel.Folder) { return '' }
  $Global:__Carrel.Folder = $location.ProviderPath
  $url = [uri]::EscapeDataString($location.ProviderPath).Replace('%2F', '/')
  (__Carrel-Mark "P;Cwd=$(__Carrel-Escape $location.ProviderPath)") +
    "$([char]27)]7;file://$([Environment]::MachineName)$url$([char]7)"
}

function Global:prompt {
  $worked = $?
  $exitCode = $Global:LASTEXITCODE
  $marks = (__Carrel-End $worked $exitCode) + (__Carrel-Folder) + (__Carrel-Mark 'A')
  # The user's prompt sees the outcome of the last command.
  $Global:LASTEXITCODE = $exitCode
  if (-not $worked) { Write-Error 'failed' -ErrorAction Ignore }
  $marks + (& $Global:__Carrel.Prompt) + (__Carrel-Mark 'B')
}

# PSReadLine hands over the line that was entered.
if ($Global:__Carrel.ReadLine) {
  function Global:PSConsoleHostReadLine {
    $line = & $Global:__Carrel.ReadLine
    if (-not [string]::IsNullOrWhiteSpace($line)) {
      $Global:__Carrel.IsRunning = $true
      [Console]::Write((__Carrel-Mark "E;$(__Carrel-Escape $line)") + (__Carrel-Mark 'C'))
    }
    $line
  }
}
