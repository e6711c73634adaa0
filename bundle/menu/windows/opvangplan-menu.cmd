@echo off
rem Adds Opvangplan to the Start menu and to "Open with" of the user who runs this; with /remove it takes
rem that away again. Only this user's own part of the registry is touched: no administrator is needed.
setlocal
set "program=%~dp0opvangplan-window.exe"
set "classes=HKCU\Software\Classes"
set "link=%APPDATA%\Microsoft\Windows\Start Menu\Programs\Opvangplan.lnk"
if /i "%~1"=="/remove" goto remove
reg add "%classes%\Opvangplan.Workbook" /ve /d "Opvangplan" /f >nul
reg add "%classes%\Opvangplan.Workbook\DefaultIcon" /ve /d "\"%program%\",0" /f >nul
reg add "%classes%\Opvangplan.Workbook\shell\open\command" /ve /d "\"%program%\" \"%%1\"" /f >nul
for %%e in (.xlsx .ods .xls .csv) do reg add "%classes%\%%e\OpenWithProgids" /v "Opvangplan.Workbook" /t REG_NONE /f >nul
powershell -NoProfile -Command "$s=(New-Object -ComObject WScript.Shell).CreateShortcut($env:link); $s.TargetPath=$env:program; $s.Save()"
goto :eof
:remove
reg delete "%classes%\Opvangplan.Workbook" /f >nul 2>&1
for %%e in (.xlsx .ods .xls .csv) do reg delete "%classes%\%%e\OpenWithProgids" /v "Opvangplan.Workbook" /f >nul 2>&1
del "%link%" 2>nul
