/** The two files beside its configuration that LemonLDAP::NG is started with. */

/** The local file that says where the configuration lies. With checkTime each of its processes looks for a newer one. */
export const ini = (folder: string): string => `[all]
logLevel = warn
checkTime = 1
[configuration]
type = File
dirName = ${folder}/conf
localStorage = Cache::FileCache
localStorageOptions = { 'namespace' => 'llng-config', 'default_expires_in' => 600, 'directory_umask' => '007', 'cache_root' => '${folder}/cache', 'cache_depth' => 3 }
[portal]
staticPrefix = /static
templateDir = /usr/share/lemonldap-ng/portal/templates
languages = en, fr
[handler]
status = 0
`;

/**
 * The application for starman. It puts our table of users in the place of the three accounts that "Demo" authentication
 * comes with, and gives the portal a captcha that does nothing: it loads one even where none is wanted.
 */
export const psgi = (folder: string): string => `use strict; use warnings;
BEGIN { $ENV{LLNG_DEFAULTCONFFILE} = '${folder}/lemonldap-ng.ini' }
use Plack::Builder;
use JSON ();
BEGIN {
    package Lemonldap::NG::Portal::Captcha::None;
    use Mouse; extends 'Lemonldap::NG::Portal::Main::Plugin';
    sub init { 1 } sub check_captcha { 1 } sub init_captcha { }
    $INC{'Lemonldap/NG/Portal/Captcha/None.pm'} = __FILE__;
}
use Lemonldap::NG::Portal::Main;
use Lemonldap::NG::Portal::UserDB::Demo;
open my $users, '<', '${folder}/users.json' or die $!;
%Lemonldap::NG::Portal::UserDB::Demo::demoAccounts = %{ JSON->new->decode( do { local $/; <$users> } ) };
my $portal = Lemonldap::NG::Portal::Main->run( {} );
builder {
    enable 'Static', path => sub { s!^/static/!/! }, root => '/usr/share/lemonldap-ng/portal/htdocs/static/';
    enable 'Static', path => sub { s!^/javascript/!/! }, root => '/usr/share/javascript/';
    $portal;
};
`;
